import { describeError, type Log } from './log.ts';

/**
 * Does something at once, and again `millis` after it has ended, until the function returned is called; that waits for
 * what is under way. What fails is logged, and tried again like everything else.
 */
export function everyNowAndThen(act: () => Promise<void>, millis: number, log: Log): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let acting = once();
  return async () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
    await acting;
  };

  async function once(): Promise<void> {
    try {
      await act();
    } catch (cause) {
      log('error', 'pass.failed', { cause: describeError(cause) });
    }
    if (stopped) return;
    timer = setTimeout(() => {
      acting = once();
    }, millis).unref();
  }
}
