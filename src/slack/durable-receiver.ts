import { setImmediate } from 'node:timers/promises';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import pLimit from 'p-limit';
import type { Delivery, InboxStore } from '../store/inbox-store.ts';
import { changedMessageOf, deliveryOf, isTalkAside, referenceOf } from './delivery.ts';
import { describeError, type Log } from './log.ts';
import type { TooFast } from './rate-limit.ts';
import { type RetrySchedule, retryDelay, unwrap } from './retry.ts';

/** A delivery that is being handled is left alone for this long, also by another run. */
const LEASE = 120_000;
/** Events handled at a time: more would only slow each other, and the acknowledgements of others, down. */
const AT_A_TIME = 8;
/** So many wait for that in memory; what comes on top of them waits in the inbox. */
const MOST_WAITING = 200;

export interface DurableReceiverParts {
  readonly inbox: InboxStore;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How often unfinished deliveries are looked for. */
  readonly pollMillis: number;
  readonly retrySchedule: RetrySchedule;
  /** Tells the person that we gave up; the reference number stands in the log. */
  readonly giveUp: (delivery: Delivery, reference: string) => Promise<void>;
  /** Whether a message was taken into a case: only then are its edits and its deletion received. */
  readonly isFollowed: (teamId: string, channel: string, ts: string) => Promise<boolean>;
  readonly tooFast: TooFast;
}

/** What a listener learns about the delivery it handles; Bolt hands it over in `context.delivery`. */
export interface DeliveryContext {
  readonly teamId: string;
  readonly key: string;
  /** From 1. From 2 on, what the first attempt did may already stand in Slack. */
  readonly attempt: number;
}

/**
 * Wraps Bolt's receiver: what Slack delivers is written down before it is acknowledged, handled once, and
 * handled again when its handling fails. Bolt alone acknowledges an event before the listener runs and
 * forgets it when the listener throws. Events are acknowledged as soon as they are written down and handled
 * a few at a time; what a person waits for (commands, buttons, forms) is handled at once.
 */
export function durableReceiver(inner: Receiver, parts: DurableReceiverParts): Receiver {
  const { inbox, log, now } = parts;
  const inFlight = new Map<string, Promise<void>>();
  let app: App | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  /** Some wait in the inbox alone. */
  let behind = false;
  let catchingUp = false;
  const slots = pLimit(AT_A_TIME);
  /** How many are being written down right now. */
  let arriving = 0;
  const turnstile = createTurnstile(() => arriving > 0);

  return {
    init(initialised) {
      app = initialised;
      inner.init({ processEvent: receive } as unknown as App);
    },
    async start(...listen: unknown[]) {
      for (const team of await inbox.teamsWaiting()) await inbox.releaseAll(team, now());
      const started: unknown = await inner.start(...listen);
      await poll();
      return started;
    },
    /** Takes nothing new, finishes what is being handled. */
    async stop(...how: unknown[]) {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      const ended: unknown = await inner.stop(...how);
      await Promise.allSettled(inFlight.values());
      return ended;
    },
  };

  async function receive(event: ReceiverEvent): Promise<void> {
    const delivery = deliveryOf(event.body);
    if (delivery === null) {
      log('warn', 'delivery.unreadable', { type: String(Reflect.get(Object(event.body), 'type')) });
      return event.ack();
    }
    if (await isDropped(delivery)) return event.ack();
    const answer = parts.tooFast(delivery);
    if (answer !== null) return event.ack(answer.response);
    // Throws when the store cannot write: unacknowledged, Slack delivers it again.
    if (delivery.kind === 'event') return receiveEvent(delivery, event);
    const fresh = await writing(inbox.receive(delivery, now(), now() + LEASE));
    return fresh ? handle(delivery, 1, event) : duplicate(delivery, event);
  }

  /** Nobody waits for it: acknowledged first, and handled when it is its turn. */
  async function receiveEvent(delivery: Delivery, event: ReceiverEvent): Promise<void> {
    const later = behind || slots.pendingCount >= MOST_WAITING;
    const fresh = await writing(
      later ? inbox.receiveForLater(delivery, now()) : inbox.receive(delivery, now(), now() + LEASE),
    );
    if (!fresh) return duplicate(delivery, event);
    if (later) behind = true;
    else inTurn(delivery, 1, { ...event, ack: async () => {} });
    return event.ack();
  }

  async function writing(written: Promise<boolean>): Promise<boolean> {
    arriving += 1;
    try {
      return await written;
    } finally {
      arriving -= 1;
    }
  }

  function duplicate(delivery: Delivery, event: ReceiverEvent): Promise<void> {
    log('info', 'delivery.duplicate', { reference: referenceOf(delivery), retry: event.retryNum ?? null });
    return event.ack();
  }

  /** Talk that is none of ours, but for changes of messages that stand in the record of a case. */
  async function isDropped({ teamId, body }: Delivery): Promise<boolean> {
    const changed = changedMessageOf(body);
    if (changed !== null) return !(await parts.isFollowed(teamId, changed.channel, changed.ts));
    return isTalkAside(body);
  }

  function handle(delivery: Delivery, attempt: number, event: ReceiverEvent): Promise<void> {
    return track(delivery, attend(delivery, attempt, event));
  }

  /** When a slot is free. What waits when the bot stops is left to its next start. */
  function inTurn(delivery: Delivery, attempt: number, event: ReceiverEvent): void {
    const handling = slots(async () => {
      await turnstile();
      if (!stopped) await attend(delivery, attempt, event);
    });
    track(delivery, handling).catch((error: unknown) =>
      log('error', 'inbox.unwritable', { reference: referenceOf(delivery), cause: describeError(error) }),
    );
  }

  function track(delivery: Delivery, handling: Promise<void>): Promise<void> {
    const id = idOf(delivery);
    const tracked = handling.finally(() => {
      inFlight.delete(id);
      if (behind && slots.pendingCount === 0 && !stopped) void catchUp();
    });
    inFlight.set(id, tracked);
    return tracked;
  }

  async function attend(delivery: Delivery, attempt: number, event: ReceiverEvent): Promise<void> {
    let acked = false;
    const ack: ReceiverEvent['ack'] = async (response) => {
      acked = true;
      await event.ack(response);
    };
    const context: DeliveryContext = { teamId: delivery.teamId, key: delivery.key, attempt };
    try {
      const customProperties = { ...event.customProperties, delivery: context };
      await app?.processEvent({ ...event, ack, customProperties });
    } catch (error) {
      await fail(delivery, attempt, unwrap(error));
      if (!acked) await ack();
      return;
    }
    if (!acked) await ack();
    await inbox.handled(delivery.teamId, delivery.key);
  }

  async function fail(delivery: Delivery, attempt: number, error: unknown): Promise<void> {
    const { teamId, key, kind } = delivery;
    const reference = referenceOf(delivery);
    const cause = describeError(error);
    const delay = retryDelay(parts.retrySchedule, kind, attempt, error);
    log('error', delay === null ? 'delivery.dead' : 'delivery.failed', { reference, key, attempt, cause });
    if (delay !== null) return inbox.failed(teamId, key, cause, now() + delay);
    await inbox.dead(teamId, key, cause);
    try {
      await parts.giveUp(delivery, reference);
    } catch (unreachable) {
      log('error', 'delivery.untold', { reference, cause: describeError(unreachable) });
    }
  }

  async function poll(): Promise<void> {
    await catchUp();
    if (!stopped) timer = setTimeout(poll, parts.pollMillis).unref();
  }

  /** Claims what is due, as much as may wait in memory. */
  async function catchUp(): Promise<void> {
    const room = MOST_WAITING - slots.pendingCount;
    if (catchingUp || room <= 0) return;
    catchingUp = true;
    try {
      behind = false;
      for (const team of await inbox.teamsWaiting()) {
        const due = await inbox.claimDue(team, now(), now() + LEASE, room);
        if (due.length === room) behind = true;
        for (const one of due) {
          if (!inFlight.has(idOf(one)))
            inTurn(one, one.attempts + 1, { body: one.body, ack: async () => {} });
        }
      }
    } catch (error) {
      log('error', 'inbox.unreadable', { cause: describeError(error) });
    } finally {
      catchingUp = false;
    }
  }
}

function idOf({ teamId, key }: Delivery): string {
  return `${teamId}\n${key}`;
}

/** So many turns of the event loop the next answer waits for arrivals, at most. */
const MOST_TURNS = 10;

/**
 * Lets one through in each turn of the event loop, and none while others arrive: an answer takes milliseconds, and what
 * has arrived meanwhile is acknowledged before the next one is begun.
 */
function createTurnstile(isBusy: () => boolean): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(async () => {
      for (let turns = 0; turns < MOST_TURNS; turns++) {
        await setImmediate();
        if (!isBusy()) return;
      }
    });
    return last;
  };
}
