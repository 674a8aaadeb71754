import { type Kysely, type Selectable, sql } from 'kysely';
import type { CaseCardsTable } from './case-card-tables.ts';
import type { Tables } from './tables.ts';

export type CaseCardRow = Selectable<CaseCardsTable>;

/** A card in somebody's hands. */
export interface TendedCard {
  readonly id: string;
  readonly ts: string | null;
  readonly shown: number;
  /** -1 before anything was told. */
  readonly noted: number;
  /** A post whose end nobody knows: when it was begun, and the version it told of. */
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
  return { teams, stale, cardsOf, tend, stands, begin, settle, release, forget, kept };

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

  /** Takes a card in hand; null while somebody else has it. */
  async function tend(place: CardPlace, now: number): Promise<TendedCard | null> {
    const fresh = { id: newId(), ts: null, shown: 0, noted: -1 };
    await db
      .insertInto('case_cards')
      .values({ ...keyOf(place), ...fresh, tended_since: null, doubt_since: null, doubt_to: null })
      .onConflict((conflict) => conflict.columns(['team_id', 'case_id', 'channel']).doNothing())
      .execute();
    const card = await at(place).selectAll().executeTakeFirst();
    if (card === undefined) return null;
    const { id, ts, shown, noted, tended_since: since, doubt_since, doubt_to } = card;
    if (since !== null && since > now - LEASE) return null;
    const won = await db
      .updateTable('case_cards')
      .set({ tended_since: now })
      .where('team_id', '=', place.teamId)
      .where('case_id', '=', place.caseId)
      .where('channel', '=', place.channel)
      .where('tended_since', since === null ? 'is' : '=', since)
      .executeTakeFirst();
    if (won.numUpdatedRows !== 1n) return null;
    const doubt = doubt_since === null || doubt_to === null ? null : { since: doubt_since, to: doubt_to };
    return { id, ts, shown, noted, doubt };
  }

  /** What is known to stand in Slack: nothing is in doubt any more. */
  async function stands(place: CardPlace, what: { ts: string | null; noted: number }): Promise<void> {
    await change(place, { ...what, doubt_since: null, doubt_to: null });
  }

  /** A post begins; whoever comes after a break looks for it first. */
  async function begin(place: CardPlace, doubt: { since: number; to: number }): Promise<void> {
    await change(place, { doubt_since: doubt.since, doubt_to: doubt.to });
  }

  /** All of it stands in Slack; nobody tends the card any more. */
  async function settle(place: CardPlace, what: { ts: string; shown: number; noted: number }): Promise<void> {
    await change(place, { ...what, tended_since: null, doubt_since: null, doubt_to: null });
  }

  /** Nobody tends the card any more. `refused`: what was begun last is certain not to stand there. */
  async function release(place: CardPlace, refused: boolean): Promise<void> {
    await change(place, { tended_since: null, ...(refused ? { doubt_since: null, doubt_to: null } : {}) });
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
