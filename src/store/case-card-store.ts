import { type Kysely, type Selectable, sql } from 'kysely';
import type { CaseCardsTable } from './case-card-tables.ts';
import type { Tables } from './tables.ts';

export type CaseCardRow = Selectable<CaseCardsTable>;

/** A card in somebody's hands. */
export interface TendedCard {
  readonly id: string;
  readonly ts: string | null;
  readonly shown: number;
  readonly noted: number;
  /** Somebody began before us and nobody knows what became of it: since when, and to which version. */
  readonly doubt: { readonly since: number; readonly to: number } | null;
}

export interface CardPlace {
  readonly teamId: string;
  readonly caseId: string;
  readonly channel: string;
}

/** Whoever tends a card has it for this long, in milliseconds. */
const LEASE = 60_000;

export type CaseCardStore = ReturnType<typeof createCaseCardStore>;

/** The messages that show cases: where they stand, what they show, who is tending them. */
export function createCaseCardStore(db: Kysely<Tables>, { newId }: { readonly newId: () => string }) {
  return { teams, stale, cardsOf, tend, stands, settle, release, forget, kept };

  async function teams(): Promise<string[]> {
    const rows = await db.selectFrom('case_numbers').select('team_id').execute();
    return rows.map(({ team_id }) => team_id);
  }

  /**
   * Cases changed at `since` or later whose cards are behind. A case that never had its cards kept counts only when
   * it changed at `newSince` or later: what was there before there were cards is not posted all at once.
   */
  async function stale(
    team: string,
    { since, newSince, limit }: { since: number; newSince: number; limit: number },
  ): Promise<string[]> {
    const rows = await db
      .selectFrom('cases as c')
      .leftJoin('case_cards_kept as k', (join) =>
        join.onRef('k.team_id', '=', 'c.team_id').onRef('k.case_id', '=', 'c.id'),
      )
      .select('c.id')
      .where('c.team_id', '=', team)
      .where('c.open', 'in', [0, 1])
      .where('c.updated_at', '>=', since)
      .where((eb) =>
        eb.or([
          eb('k.version', '<', eb.ref('c.version')),
          eb.and([eb('k.version', 'is', null), eb('c.updated_at', '>=', newSince)]),
        ]),
      )
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  async function cardsOf(team: string, caseId: string): Promise<CaseCardRow[]> {
    return db
      .selectFrom('case_cards')
      .selectAll()
      .where('team_id', '=', team)
      .where('case_id', '=', caseId)
      .execute();
  }

  /** Takes a card in hand to bring it to a version of its case; null while somebody else has it. */
  async function tend(place: CardPlace, to: number, now: number): Promise<TendedCard | null> {
    await db
      .insertInto('case_cards')
      .values({
        ...keyOf(place),
        id: newId(),
        ts: null,
        shown: 0,
        noted: 0,
        tended_since: null,
        tended_to: null,
      })
      .onConflict((conflict) => conflict.columns(['team_id', 'case_id', 'channel']).doNothing())
      .execute();
    const card = await at(place).selectAll().executeTakeFirst();
    if (card === undefined) return null;
    const { id, ts, shown, noted, tended_since: since, tended_to: former } = card;
    if (since !== null && since > now - LEASE) return null;
    const won = await db
      .updateTable('case_cards')
      .set({ tended_since: now, tended_to: to })
      .where('team_id', '=', place.teamId)
      .where('case_id', '=', place.caseId)
      .where('channel', '=', place.channel)
      .where('tended_since', since === null ? 'is' : '=', since)
      .executeTakeFirst();
    if (won.numUpdatedRows !== 1n) return null;
    return { id, ts, shown, noted, doubt: since === null || former === null ? null : { since, to: former } };
  }

  /** What stands in Slack now; nobody tends the card any more. */
  async function settle(
    place: CardPlace,
    what: { ts: string | null; shown: number; noted: number },
  ): Promise<void> {
    await change(place, { ...what, tended_since: null, tended_to: null });
  }

  /** What is known to stand in Slack while the card is still being tended. */
  async function stands(place: CardPlace, what: { ts: string; noted: number }): Promise<void> {
    await change(place, what);
  }

  /** Nothing came of it, for certain. What was in doubt before still is. */
  async function release(place: CardPlace, { doubt }: Pick<TendedCard, 'doubt'>): Promise<void> {
    await change(place, { tended_since: doubt?.since ?? null, tended_to: doubt?.to ?? null });
  }

  async function forget(place: CardPlace): Promise<void> {
    await db
      .deleteFrom('case_cards')
      .where('team_id', '=', place.teamId)
      .where('case_id', '=', place.caseId)
      .where('channel', '=', place.channel)
      .execute();
  }

  /** Every card of the case is as it should be at this version. */
  async function kept(team: string, caseId: string, version: number): Promise<void> {
    await db
      .insertInto('case_cards_kept')
      .values({ team_id: team, case_id: caseId, version })
      .onConflict((conflict) =>
        conflict
          .columns(['team_id', 'case_id'])
          .doUpdateSet({ version })
          .where(sql<boolean>`case_cards_kept.version < ${version}`),
      )
      .execute();
  }

  function at({ teamId, caseId, channel }: CardPlace) {
    return db
      .selectFrom('case_cards')
      .where('team_id', '=', teamId)
      .where('case_id', '=', caseId)
      .where('channel', '=', channel);
  }

  async function change({ teamId, caseId, channel }: CardPlace, set: Partial<CaseCardRow>): Promise<void> {
    await db
      .updateTable('case_cards')
      .set(set)
      .where('team_id', '=', teamId)
      .where('case_id', '=', caseId)
      .where('channel', '=', channel)
      .execute();
  }
}

function keyOf({ teamId, caseId, channel }: CardPlace) {
  return { team_id: teamId, case_id: caseId, channel };
}
