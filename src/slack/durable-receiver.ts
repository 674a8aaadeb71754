import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Delivery, InboxStore } from '../store/inbox-store.ts';
import { changedMessageOf, deliveryOf, isTalkAside, referenceOf } from './delivery.ts';
import { describeError, type Log } from './log.ts';
import type { TooFast } from './rate-limit.ts';
import { type RetrySchedule, retryDelay, unwrap } from './retry.ts';

/** A delivery that is being handled is left alone for this long, also by another run. */
const LEASE = 120_000;

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
 * forgets it when the listener throws.
 */
export function durableReceiver(inner: Receiver, parts: DurableReceiverParts): Receiver {
  const { inbox, log, now } = parts;
  const inFlight = new Map<string, Promise<void>>();
  let app: App | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

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
    const fresh = await inbox.receive(delivery, now(), now() + LEASE);
    if (fresh) return handle(delivery, 1, event);
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
    const id = `${delivery.teamId}\n${delivery.key}`;
    const handling = attend(delivery, attempt, event).finally(() => inFlight.delete(id));
    inFlight.set(id, handling);
    return handling;
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
    try {
      for (const team of await inbox.teamsWaiting()) {
        for (const due of await inbox.claimDue(team, now(), now() + LEASE)) {
          if (!inFlight.has(`${due.teamId}\n${due.key}`)) again(due, due.attempts + 1);
        }
      }
    } catch (error) {
      log('error', 'inbox.unreadable', { cause: describeError(error) });
    }
    if (!stopped) timer = setTimeout(poll, parts.pollMillis).unref();
  }

  function again(delivery: Delivery, attempt: number): void {
    const event = { body: delivery.body, ack: async () => {} };
    handle(delivery, attempt, event).catch((error: unknown) =>
      log('error', 'inbox.unwritable', { reference: referenceOf(delivery), cause: describeError(error) }),
    );
  }
}
