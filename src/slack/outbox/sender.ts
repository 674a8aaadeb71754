/** Sends what is due, each message once: see `store/outbox-store.ts` for what is kept, and why. */
import type { PlannedRow } from '../../store/outbox-plan.ts';
import type { ClaimedMessage, SendOutcome } from '../../store/outbox-store.ts';
import { describeError } from '../log.ts';
import { createDelivery, type DeliveryParts } from './deliver.ts';
import { troubleOf } from './trouble.ts';

/** `client`: its own, never the one that opens modals: a rate limit pauses everything a client does. It must not retry. */
export interface SenderParts extends Omit<DeliveryParts, 'postMillis'> {
  /** How often to look for what is due; null when `tick` is called from elsewhere. */
  readonly pollMillis: number | null;
  /** How long one worker has a message for itself. */
  readonly leaseMillis?: number;
  /** How long one post may take; a post is not begun when the lease ends before. */
  readonly postMillis?: number;
  /** Milliseconds to wait after the first, second… failure; the last one goes on. */
  readonly backOff?: readonly number[];
  /** What is planned to tell somebody of a message that will never be taken; null for nothing. */
  readonly noticeOf: (message: ClaimedMessage, reason: string, now: number) => PlannedRow | null;
}

export interface Sender {
  start(): void;
  /** Takes what is due and begins to send it. Resolves when it was taken, not when it was sent. */
  tick(): Promise<void>;
  /** Takes nothing new; resolves when what was begun is settled. */
  stop(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

const LEASE = 60_000;
const POST = 12_000;
const MOST_IN_FLIGHT = 32;
/** Slack takes about one post a second for each channel. */
const PACE = 1_000;
const MOST_GATHERED = 500;
/** Nothing is given up for an outage. */
const BACK_OFF = [5_000, 30_000, 120_000, 600_000, 1_800_000];
/** Trouble of our own is given up, and told, after most of a day: nobody would hear of it otherwise. */
const MOST_FAILURES = 24;

export function createSender(parts: SenderParts): Sender {
  const { store, log, now, leaseMillis = LEASE, postMillis = POST, backOff = BACK_OFF } = parts;
  const deliver = createDelivery({ ...parts, postMillis });
  /** By recipient. */
  const inFlight = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  let taking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  return {
    start() {
      void poll();
    },
    tick,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await taking.catch(() => {});
      await idle();
    },
    idle,
  };

  async function idle(): Promise<void> {
    while (inFlight.size > 0) await Promise.allSettled(inFlight.values());
  }

  async function poll(): Promise<void> {
    try {
      await tick();
    } catch (error) {
      log('error', 'outbox.unreadable', { cause: describeError(error) });
    }
    if (!stopped && parts.pollMillis !== null) timer = setTimeout(poll, parts.pollMillis).unref();
  }

  function tick(): Promise<void> {
    taking = take();
    return taking;
  }

  async function take(): Promise<void> {
    if (stopped || inFlight.size >= MOST_IN_FLIGHT) return;
    await store.recall(now(), leaseMillis);
    await store.gather(now(), MOST_GATHERED);
    if (stopped) return;
    // One message to each recipient at a time, so that many to one, or one that hangs, take up one place only. It also
    // keeps a clock that jumped from taking what we are sending ourselves.
    const passed = new Set(inFlight.keys());
    while (inFlight.size < MOST_IN_FLIGHT) {
      const limit = MOST_IN_FLIGHT - inFlight.size;
      const claimed = await store.claim({ now: now(), leaseMillis, limit, except: [...passed] });
      if (claimed.length === 0) return;
      const waiting: ClaimedMessage[] = [];
      for (const message of claimed) {
        const { recipient } = message;
        if (passed.has(recipient)) waiting.push(message);
        else {
          passed.add(recipient);
          inFlight.set(
            recipient,
            attend(message).finally(() => inFlight.delete(recipient)),
          );
        }
      }
      await store.release(waiting, now() + PACE);
    }
  }

  async function attend(message: ClaimedMessage): Promise<void> {
    const { id, kind } = message;
    try {
      const outcome = await outcomeOf(message);
      if (outcome === null || !(await store.finish(message, outcome, now()))) {
        return log('warn', 'outbox.lease_lost', { id });
      }
      if (outcome.kind !== 'deferred') failures.delete(id);
      log('info', `outbox.${outcome.kind}`, { id, kind });
    } catch (error) {
      // The lease covers it: when it ends, what stands in Slack is looked for.
      log('error', 'outbox.unwritable', { id, cause: describeError(error) });
    }
  }

  async function outcomeOf(message: ClaimedMessage): Promise<SendOutcome | null> {
    try {
      return await deliver(message);
    } catch (error) {
      return afterTrouble(message, error);
    }
  }

  function afterTrouble(message: ClaimedMessage, error: unknown): SendOutcome {
    const { id } = message;
    const trouble = troubleOf(error);
    const reason = describeReason(error);
    if (trouble.kind === 'limited') return { kind: 'deferred', until: now() + trouble.wait, reason };
    log(trouble.kind === 'ours' ? 'error' : 'warn', 'outbox.failed', { id, cause: describeError(error) });
    if (trouble.kind === 'refused') return dead(message, trouble.error);
    const failed = (failures.get(id) ?? 0) + 1;
    failures.set(id, failed);
    if (trouble.kind === 'ours' && failed >= MOST_FAILURES) return dead(message, reason);
    const wait = backOff[Math.min(failed, backOff.length) - 1] ?? BACK_OFF[0];
    return { kind: 'deferred', until: now() + (wait ?? 0), reason };
  }

  function dead(message: ClaimedMessage, reason: string): SendOutcome {
    return { kind: 'dead', reason, notice: parts.noticeOf(message, reason, now()) };
  }
}

function describeReason(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : String(error);
}
