/** `trigger_id`: three seconds, one use, known to the person and the modal it came from. */
import { SlackError } from './slack-error.ts';
import { token } from './workspace.ts';

const lifetime = 3000;

export type Trigger = { user: string; at: number; used: boolean; viewId?: string };
export type Triggers = ReturnType<typeof makeTriggers>;

export function makeTriggers(now: () => Date) {
  const issued = new Map<string, Trigger>();
  let count = 0;
  return {
    issue(user: string, viewId?: string): string {
      count += 1;
      const id = `${now().getTime()}.${count}.${token(16).toLowerCase()}`;
      issued.set(id, { user, at: now().getTime(), used: false, ...(viewId === undefined ? {} : { viewId }) });
      if (issued.size > 1000) issued.delete(issued.keys().next().value ?? '');
      return id;
    },
    /** Trade it in: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id` when it cannot be. */
    exchange(id: string): Trigger {
      const trigger = issued.get(id);
      if (trigger === undefined) throw new SlackError('invalid_trigger_id');
      if (trigger.used) throw new SlackError('exchanged_trigger_id');
      if (now().getTime() - trigger.at > lifetime) throw new SlackError('expired_trigger_id');
      trigger.used = true;
      return trigger;
    },
  };
}
