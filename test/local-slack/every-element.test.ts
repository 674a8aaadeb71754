/** Every element a bot can send can be used by a person, and arrives in the shape Slack gives it. */
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { elementsOf } from '../../src/local-slack/schema/interactive.ts';
import type { LocalSlack } from '../../src/local-slack/start.ts';
import { everyBlock, everyInput, uses } from '../support/every-block.ts';
import { sampleIds as ids, startBolt, startTestSlack } from '../support/local-slack.ts';

let slack: LocalSlack;
let app: App;
const pressed: Record<string, unknown>[] = [];

beforeAll(async () => {
  slack = await startTestSlack();
  app = await startBolt(slack, (bolt) => {
    bolt.action(/.*/, async ({ ack, action }) => {
      pressed.push({ ...action });
      await ack();
    });
    bolt.options(/.*/, async ({ ack }) => {
      await ack({ options: [{ text: { type: 'plain_text', text: '候補' }, value: 'found' }] });
    });
    bolt.command('/form', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: everyInput as never });
    });
    bolt.view('every', async ({ ack, view }) => {
      pressed.push(view.state.values);
      await ack();
    });
  });
  await app.client.chat.postMessage({ channel: ids.channel, text: '全部', blocks: everyBlock as never });
});
afterAll(async () => {
  await app.stop();
  await slack.stop();
});

const elements = elementsOf(everyBlock as never).map(({ element }) => element);

test('the list of uses covers every element of the sample message', () => {
  expect(elements.map((element) => element.action_id).filter((id) => uses[String(id)] === undefined)).toEqual(
    [],
  );
});

test.each(elements.map((element) => [element.type, String(element.action_id)]))(
  '%s (%s)',
  async (type, id) => {
    const kanon = slack.as(ids.provider);
    const message = await kanon.waitFor(ids.channel, 'すべてのブロック');
    const use = uses[id];
    if (use === undefined) throw new Error(id);
    if (use.choose === undefined) await kanon.click(message, id, use.value);
    else await kanon.select(message, id, use.choose);
    expect(pressed.at(-1)).toMatchObject({ type, action_id: id, ...use.arrives });
  },
);

test('every input of a modal is filled, and its state arrives', async () => {
  const kanon = slack.as(ids.provider);
  await kanon.command('/form', '', ids.channel);
  const view = await kanon.waitForModal('すべての入力');
  expect(view.text).toContain('注意の文');
  expect(await kanon.submit(view, { number: '3.5', long: '本文', multi: ['2'] })).toEqual({
    number: '整数で入力してください。',
  });
  expect(await kanon.submit(view, { number: '11' })).toEqual({ number: '10 以下で入力してください。' });
  expect(await kanon.submit(view, { number: '10', long: 'あ' })).toEqual({
    long: '2 文字以上で入力してください。',
  });
  expect(await kanon.submit(view, { long: '本文です', multi: ['1', '3'] })).toEqual({});
  expect(pressed.at(-1)).toMatchObject({
    number: { number: { type: 'number_input', value: '10' } },
    long: { long: { type: 'plain_text_input', value: '本文です' } },
    multi: { multi: { type: 'multi_static_select', selected_options: [{ value: '1' }, { value: '3' }] } },
    date: { date: { type: 'datepicker', selected_date: '2026-04-01' } },
    radio: { radio: { type: 'radio_buttons', selected_option: null } },
  });
});
