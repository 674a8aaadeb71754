/**
 * Decides when something goes to the app. Events wait while nobody listens and are redelivered with the same
 * event_id until acknowledged; commands, presses and views have one chance of three seconds.
 */
import { DeliveryFailed, type EnvelopeType, type Payload, type Transport } from './transport.ts';

/** Slack: at once, after one minute, after five. */
export const slackRetryDelays = [0, 60_000, 300_000];

export type Dispatcher = ReturnType<typeof makeDispatcher>;

export function makeDispatcher(options: { ackTimeout: number; retryDelays: number[] }) {
  let transport: Transport | undefined;
  let waiting: (() => void)[] = [];
  let outstanding = 0;
  let idle: (() => void)[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  function wake(): void {
    const ready = waiting;
    waiting = [];
    for (const go of ready) go();
  }

  function whenReady(): Promise<void> {
    if (transport?.isReady()) return Promise.resolve();
    return new Promise((resolve) => waiting.push(resolve));
  }

  async function deliverEvent(payload: Payload): Promise<void> {
    let reason = '';
    for (let attempt = 0; attempt <= options.retryDelays.length && !stopped; attempt += 1) {
      if (attempt > 0) await pause(options.retryDelays[attempt - 1] ?? 0);
      await whenReady();
      if (stopped || transport === undefined) return;
      try {
        await transport.send('events_api', payload, attempt === 0 ? undefined : { attempt, reason });
        return;
      } catch (error) {
        if (!(error instanceof DeliveryFailed) || error.final) return;
        reason = error.reason;
      }
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, milliseconds);
      timers.add(timer);
    });
  }

  return {
    use(next: Transport): void {
      transport = next;
      next.onReady(wake);
      if (next.isReady()) wake();
    },
    isReady(): boolean {
      return transport?.isReady() ?? false;
    },
    /** Fire and forget: kept in order while the app is away. */
    event(payload: Payload): void {
      outstanding += 1;
      void deliverEvent(payload).finally(() => {
        outstanding -= 1;
        if (outstanding > 0) return;
        for (const tell of idle) tell();
        idle = [];
      });
    },
    /** The acknowledgement's body. Rejects with DeliveryFailed `dispatch_failed` or `operation_timeout`. */
    async request(type: EnvelopeType, payload: Payload): Promise<unknown> {
      await Promise.race([whenReady(), pause(options.ackTimeout)]);
      if (stopped || transport === undefined || !transport.isReady())
        throw new DeliveryFailed('dispatch_failed');
      try {
        return await transport.send(type, payload, undefined);
      } catch (error) {
        const slow = error instanceof DeliveryFailed && error.reason === 'timeout';
        throw new DeliveryFailed(slow ? 'operation_timeout' : 'dispatch_failed');
      }
    },
    /** Resolves when every event so far has been acknowledged or given up. */
    settled(): Promise<void> {
      return outstanding === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve));
    },
    async stop(): Promise<void> {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      wake();
      await transport?.stop();
    },
  };
}
