/** Keeps the cards of the cases current: one after the other for each case, again after a failure or a restart. */
import type { webApi } from '@slack/bolt';
import type { CaseCardStore } from '../../store/case-card-store.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { ChannelDirectory } from '../channels.ts';
import { describeError, type Log } from '../log.ts';
import { retireCard, tendCard } from './tend-card.ts';

export interface CardKeeperParts {
  readonly cases: CaseStore;
  readonly cards: CaseCardStore;
  readonly channels: ChannelDirectory;
  /** The office's channel; null when there is none. */
  readonly office: string | null;
  /** Its own: neither the one that opens modals nor the one that posts answers. It must not retry. */
  readonly client: webApi.WebClient;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How often cards that were left behind are looked for. */
  readonly sweepMillis: number;
}

export interface CardKeeper {
  start(): void;
  /** Begins to bring up the cards that were left behind. */
  sweep(): Promise<void>;
  /** A case changed. Returns at once; `again` draws its cards anew even where they show the newest version. */
  touch(teamId: string, caseId: string, again?: boolean): void;
  /** Resolves when nothing is being drawn. */
  idle(): Promise<void>;
  /** Takes nothing new and finishes what was begun. */
  stop(): Promise<void>;
}

const HOUR = 3_600_000;
/** How far back cards that fell behind are looked for: after a longer time the next change brings them up. */
const LOOKED_BACK = 7 * 24 * HOUR;
const MOST_SWEPT = 50;

export function createCardKeeper(parts: CardKeeperParts): CardKeeper {
  const { cases, cards, log, now } = parts;
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, { again: boolean }>();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  return {
    start() {
      void poll();
    },
    sweep,
    touch,
    idle,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await idle();
    },
  };

  function touch(teamId: string, caseId: string, again = false): void {
    if (stopped) return;
    const key = `${teamId}\n${caseId}`;
    const queued = waiting.get(key);
    if (queued !== undefined) {
      queued.again ||= again;
      return;
    }
    const before = running.get(key);
    const request = { again };
    if (before !== undefined) waiting.set(key, request);
    const work = (before ?? Promise.resolve()).then(async () => {
      waiting.delete(key);
      try {
        await keep(teamId, caseId, request.again);
      } catch (error) {
        log('warn', 'case.card_behind', { case: caseId, cause: describeError(error) });
      }
    });
    const done = work.finally(() => {
      if (running.get(key) === done) running.delete(key);
    });
    running.set(key, done);
  }

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running.values());
  }

  async function sweep(): Promise<void> {
    const window = { since: now() - LOOKED_BACK, newSince: now() - HOUR, limit: MOST_SWEPT };
    for (const team of await cards.teams()) {
      for (const id of await cards.stale(team, window)) touch(team, id);
    }
  }

  async function poll(): Promise<void> {
    try {
      await sweep();
    } catch (error) {
      log('error', 'case.cards_unreadable', { cause: describeError(error) });
    }
    if (!stopped) timer = setTimeout(poll, parts.sweepMillis).unref();
  }

  /** The newest state goes to every place that may show it; a card anywhere else is emptied. */
  async function keep(teamId: string, caseId: string, again: boolean): Promise<void> {
    const record = await cases.find(teamId, caseId);
    if (record === null) return;
    const places = await placesOf(record.state.channel);
    for (const { channel } of await cards.cardsOf(teamId, caseId)) {
      if (!places.some((place) => place.channel === channel)) {
        await retireCard(parts, { teamId, caseId, channel });
      }
    }
    let complete = true;
    for (const place of places) complete = (await tendCard(parts, record, place, again)) && complete;
    if (complete) await cards.kept(teamId, caseId, record.version);
  }

  /** The office's channel and the case's own, where nobody from another organisation reads along now. */
  async function placesOf(own: string | null) {
    const wanted = [
      ...(parts.office === null ? [] : [{ channel: parts.office, staffOnly: true }]),
      ...(own === null || own === parts.office ? [] : [{ channel: own, staffOnly: false }]),
    ];
    const standings = await Promise.all(wanted.map(({ channel }) => parts.channels.standingOf(channel)));
    return wanted.filter((_, index) => standings[index] === 'ours');
  }
}
