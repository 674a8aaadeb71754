/** `response_url`: five uses in thirty minutes, tied to one person, one channel and perhaps one message. */
import { SlackError } from './slack-error.ts';
import type { Records } from './store/records.ts';
import { token } from './workspace.ts';

const lifetime = 30 * 60 * 1000;
const maximumUses = 5;

export type ResponseTarget = {
  user: string;
  channel: string;
  /** The message the press came from; ephemeral ones belong to `user`. */
  ts?: string;
  threadTs?: string;
};
type Kept = ResponseTarget & { at: number; uses: number };

export type ResponseUrls = ReturnType<typeof makeResponseUrls>;

export function makeResponseUrls(records: Records, now: () => Date, origin: () => string) {
  return {
    issue(target: ResponseTarget): string {
      const id = token(12);
      records.put('response_url', id, { ...target, at: now().getTime(), uses: 0 });
      return `${origin()}/response/${id}`;
    },
    /** Counts a use. `invalid_url`, `used_url` or `expired_url` when there is none left. */
    use(id: string): ResponseTarget {
      const kept = records.get<Kept>('response_url', id);
      if (kept === undefined) throw new SlackError('invalid_url');
      if (now().getTime() - kept.at > lifetime) throw new SlackError('expired_url');
      if (kept.uses >= maximumUses) throw new SlackError('used_url');
      records.put('response_url', id, { ...kept, uses: kept.uses + 1 });
      return kept;
    },
  };
}
