import { randomUUID } from 'node:crypto';
import { type RespondFn, webApi } from '@slack/bolt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Edge } from '../../src/slack/edge.ts';
import { share } from '../../src/slack/listeners/responses.ts';
import { articlePages } from '../../src/slack/views/article-pages.ts';
import { ANSWER_GONE_TEXT, NOT_YOURS_TEXT } from '../../src/slack/views/notices.ts';
import { deskOf, inquiryDeskOf } from '../support/desk.ts';
import { guiding } from '../support/guiding.ts';
import { likeness } from '../support/likeness.ts';
import { remindingOn } from '../support/reminding.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';
import { scriptedAnswers, version } from '../support/scripted-answers.ts';
import { postSigned } from '../support/signed-request.ts';
import { terms } from '../terms/held.ts';

let scene: Scene;
let answerId = '';
let presses = 0;

beforeAll(async () => {
  scene = await startScene({ http: true });
  const person = scene.slack.as(ids.provider);
  await person.command('/kiyaku', '自分だけの質問', ids.channel);
  await person.waitFor(ids.channel, '第3条第2項');
  const [row] = await scene.db.selectFrom('answers').select('id').execute();
  answerId = row?.id ?? '';
});
afterAll(() => scene.stop());

/** A press that no screen offered, as somebody in `team` would forge it. */
async function press(
  action: string,
  value: string,
  userId: string,
  team = scene.slack.teamId,
): Promise<void> {
  const payload = {
    type: 'block_actions',
    team: { id: team },
    user: { id: userId },
    trigger_id: '1.1.a',
    container: { type: 'message', channel_id: ids.channelId, is_ephemeral: true },
    response_url: `${new URL(scene.slack.apiUrl).origin}/nowhere`,
    actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: `1.${presses++}` }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const contentType = 'application/x-www-form-urlencoded';
  const response = await postSigned(scene.address('/slack/events'), scene.slack.signingSecret, body, {
    contentType,
  });
  expect(response.status).toBe(200);
  await expect
    .poll(() => scene.db.selectFrom('inbox').select('state').where('state', '=', 'received').execute())
    .toEqual([]);
}

/** The listener itself, with what it writes to the response_url noted. */
async function shareAs(userId: string, teamId: string): Promise<unknown[]> {
  const said: unknown[] = [];
  const respond: RespondFn = async (message) => {
    said.push(message);
    return Response.json({ ok: true });
  };
  const edge: Edge = {
    ...scene.stores,
    desk: deskOf(scene.stores.cases, scene.db),
    inquiries: inquiryDeskOf(scene.stores.inquiries),
    missing: { questions: scene.stores.questions, likeness },
    guiding,
    reminding: remindingOn(scene.db),
    answering: scriptedAnswers(),
    terms,
    pages: articlePages(terms),
    version,
    posts: { post: () => Promise.reject(new Error('nothing is posted here')) },
    silence: () => Promise.reject(new Error('nobody takes the app out here')),
    now: Date.now,
    newId: randomUUID,
  };
  const call = { teamId, key: 'action:forged', attempt: 1, client: new webApi.WebClient(), respond };
  const container = { is_ephemeral: true };
  await share(edge, call, {
    user: { id: userId },
    trigger_id: '',
    container,
    actions: [{ value: answerId }],
  });
  return said;
}

test("somebody else's private answer is not shared, even with its id; one's own is", async () => {
  const { teamId } = scene.slack;
  expect(await shareAs(ids.colleague, teamId)).toEqual([expect.objectContaining({ text: NOT_YOURS_TEXT })]);
  expect(await shareAs(ids.provider, 'T0OTHER')).toEqual([
    expect.objectContaining({ text: ANSWER_GONE_TEXT }),
  ]);
  const [shared] = await shareAs(ids.provider, teamId);
  expect(shared).toMatchObject({ response_type: 'in_channel' });
});

test('feedback on an answer of another workspace is not kept', async () => {
  await press('feedback_wrong', answerId, ids.provider, 'T0OTHER');
  expect(await scene.db.selectFrom('feedback').selectAll().execute()).toEqual([]);
});

test.each([
  ['choose:0', 'x:y:z'],
  ['choose:0', '__proto__:0:0'],
  ['choose:9', ''],
  ['article_open:0', '第99条'],
  ['related_open', 'constructor'],
  ['feedback_helpful', 'x'.repeat(2_001)],
])('%s with the value %s changes nothing and stops nothing', async (action, value) => {
  await press(action, value, ids.provider);
  expect((await fetch(scene.address('/health'))).status).toBe(200);
  expect(await scene.db.selectFrom('feedback').selectAll().execute()).toEqual([]);
});
