/** Slack's message ids are times: seconds with six decimals, unique and always growing, also across restarts. */
export function makeTimestamps(now: () => Date, newest: string | undefined) {
  let last = newest === undefined ? 0n : micros(newest);
  return function nextTs(): string {
    const current = BigInt(now().getTime()) * 1000n;
    last = current > last ? current : last + 1n;
    return `${last / 1_000_000n}.${String(last % 1_000_000n).padStart(6, '0')}`;
  };
}

function micros(ts: string): bigint {
  return BigInt(ts.replace('.', ''));
}
