import { afterAll, beforeAll, expect, test } from 'vitest';
import { ids, type Scene, startScene } from '../support/scene.ts';
import { postSigned } from '../support/signed-request.ts';

let scene: Scene;
let conversationId = '';
let presses = 0;

beforeAll(async () => {
  scene = await startScene({ http: true });
  const person = scene.slack.as(ids.provider);
  await person.command('/tetsuzuki', '4', ids.channel);
  await person.waitForModal('本番環境での試験');
  const [row] = await scene.db.selectFrom('conversations').select('id').execute();
  conversationId = row?.id ?? '';
});
afterAll(() => scene.stop());

/** A press that no screen offered. */
async function press(
  action: string,
  value: string,
  userId: string,
  { team = scene.slack.teamId, channel = ids.channelId } = {},
): Promise<void> {
  const payload = {
    type: 'block_actions',
    team: { id: team },
    user: { id: userId },
    trigger_id: '1.1.a',
    container: { type: 'message', channel_id: channel, is_ephemeral: true },
    response_url: `${new URL(scene.slack.apiUrl).origin}/nowhere`,
    actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: `2.${presses++}` }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const contentType = 'application/x-www-form-urlencoded';
  await postSigned(scene.address('/slack/events'), scene.slack.signingSecret, body, { contentType });
  await expect
    .poll(() => scene.db.selectFrom('inbox').select('state').where('state', '=', 'received').execute())
    .toEqual([]);
}

const events = () => scene.db.selectFrom('conversation_events').select(['seq', 'user_id']).execute();

test('a conversation of one’s own is nobody else’s, nor another workspace’s', async () => {
  await press('flow_move', `${conversationId}:1:cancel`, ids.colleague);
  await press('flow_answer', `${conversationId}:1:production-test:needed`, ids.colleague);
  await press('flow_move', `${conversationId}:1:cancel`, ids.provider, { team: 'T0OTHER' });
  expect(await events()).toEqual([{ seq: 1, user_id: ids.provider }]);
});

test.each(['gone:0:cancel', `:::`, `conversation:NaN:answer`, ''])(
  'a value like %j changes nothing',
  async (value) => {
    await press('flow_move', value, ids.provider);
    await press('flow_answer', value, ids.provider);
    await press('flow_why', value, ids.provider);
    expect(await events()).toHaveLength(1);
  },
);

test('an option or step that the flow does not have is not stored', async () => {
  await press('flow_answer', `${conversationId}:1:production-test:maybe`, ids.provider);
  await press('flow_answer', `${conversationId}:1:matter-1:confirmed`, ids.provider);
  await press('flow_move', `${conversationId}:1:revisit:matter-1`, ids.provider);
  await press('flow_move', `${conversationId}:99:cancel`, ids.provider);
  expect(await events()).toHaveLength(1);
});
