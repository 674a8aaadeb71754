/**
 * One post at a time to each place, and none while Slack asked to wait with it; no place waits for another one. Of
 * this process only: between processes the leases decide.
 */
export interface Lanes {
  /** Null when entered, then it has to be left again; else the moment to ask anew. */
  enter(name: string, now: number): number | null;
  leave(name: string): void;
  /** Slack asked to wait until then. */
  hold(name: string, until: number): void;
}

const BUSY = 1_000;
/** Slack asks for seconds, seldom minutes: anything longer was written by a clock that has been set back since. */
const LONGEST_HOLD = 15 * 60_000;

export function createLanes(): Lanes {
  const taken = new Set<string>();
  const held = new Map<string, number>();
  return {
    enter(name, now) {
      const until = held.get(name);
      if (until !== undefined && until > now && until <= now + LONGEST_HOLD) return until;
      held.delete(name);
      if (taken.has(name)) return now + BUSY;
      taken.add(name);
      return null;
    },
    leave(name) {
      taken.delete(name);
    },
    hold(name, until) {
      held.set(name, until);
    },
  };
}
