/** Tells the office that Slack will never take a message. */
import { z } from 'zod';
import type { Composer } from '../outbox/composition.ts';
import { escapeMrkdwn, line, rich, words } from '../views/text.ts';
import { findPlace, type PlaceFinder } from './place.ts';

export const NOTICE = 'notice';

const facts = z.strictObject({ recipient: z.string(), reason: z.string() });

export function noticeComposer(finder: PlaceFinder): Composer {
  return async ({ teamId, recipient, rows }) => {
    const found = await findPlace(finder, teamId, recipient);
    const [row] = rows;
    if (found.kind === 'nowhere' || row === undefined) {
      const reason = found.kind === 'nowhere' ? found.reason : '';
      return { kind: 'nothing', leftOut: rows.map(({ key }) => ({ key, state: 'dropped', reason })) };
    }
    const failed = facts.parse(row.body);
    const place = await findPlace(finder, teamId, failed.recipient);
    const to = place.kind === 'found' && /^[UW]/.test(place.to) ? place.to : null;
    const said = `へのお知らせを、Slackが受け取りませんでした（${failed.reason}）。通知の記録で確かめてください。`;
    return {
      kind: 'message',
      to: found.to,
      text: escapeMrkdwn(`宛先${said}`),
      blocks: [
        rich(line(to === null ? words('宛先のチャンネル') : { type: 'user', user_id: to }, words(said))),
      ],
      picture: null,
      late: false,
      leftOut: [],
    };
  };
}
