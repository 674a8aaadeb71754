import { type Logger, LogLevel } from '@slack/bolt';

export type Level = 'info' | 'warn' | 'error';
/** Writes one event; the fields must hold no token and nothing that people wrote. */
export type Log = (level: Level, event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** One JSON line per event, newline-safe. `now` in epoch milliseconds. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, fields = {}) =>
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`);
}

/** An error with its causes, as text. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${describeError(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/** Bolt's and the SDK's own lines in the same form. Debug lines are dropped: they hold what people wrote. */
export function createSdkLogger(log: Log): Logger {
  const at =
    (level: Level) =>
    (...messages: unknown[]): void =>
      log(level, 'slack.sdk', { message: messages.map(describeError).join(' ') });
  return {
    debug: () => {},
    info: () => {},
    warn: at('warn'),
    error: at('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
