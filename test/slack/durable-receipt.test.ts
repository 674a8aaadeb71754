import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/start.ts';
import type { Answering } from '../../src/slack/edge.ts';
import { ids, type Scene, startBotOn, startScene } from '../support/scene.ts';
import { scriptedAnswers } from '../support/scripted-answers.ts';
import { postSigned } from '../support/signed-request.ts';

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function scenery(...options: Parameters<typeof startScene>): Promise<Scene> {
  const scene = await startScene(...options);
  cleanUp.push(scene.stop);
  return scene;
}

function database(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-slack-'));
  cleanUp.push(() => rmSync(folder, { recursive: true }));
  return join(folder, 'guide.db');
}

/** Answers that fail the first `times` times with `error`. */
function failing(times: number, error: Error): Answering & { readonly calls: () => number } {
  const sound = scriptedAnswers();
  let calls = 0;
  return {
    ...sound,
    calls: () => calls,
    answer(typed, earlier) {
      calls += 1;
      if (calls <= times) throw error;
      return sound.answer(typed, earlier);
    },
  };
}

describe('a delivery', () => {
  test('that comes twice is answered once', async () => {
    const scene = await scenery({ http: true });
    const question = await saidAside(scene);
    const body = mentionBody(scene.slack, question.ts, 'Ev-twice');
    const statuses = [];
    for (let times = 0; times < 3; times += 1) statuses.push((await deliver(scene, body)).status);
    expect(statuses).toEqual([200, 200, 200]);
    await scene.slack.as(ids.provider).waitFor(ids.channel, '第3条第2項', { thread: question });
    expect(scene.log.filter(({ event }) => event === 'delivery.duplicate')).toHaveLength(2);
    await expect.poll(() => statesOf(scene)).toEqual(['handled']);
    expect(await answersIn(scene, question)).toBe(1);
    const [row] = await scene.db.selectFrom('inbox').select('body').execute();
    expect(row?.body).toBe('{}');
  });

  test('that was answered before a restart is not answered again after it', async () => {
    const file = database();
    const scene = await startScene({ file, http: true });
    cleanUp.push(() => scene.slack.stop());
    const question = await saidAside(scene);
    const body = mentionBody(scene.slack, question.ts, 'Ev-restart');
    await deliver(scene, body);
    await scene.slack.as(ids.provider).waitFor(ids.channel, '第3条第2項', { thread: question });
    await scene.stopBot();
    const second = await startBotOn(scene.slack, { file, http: true });
    cleanUp.push(second.stopBot);
    await deliver({ ...second, slack: scene.slack }, body);
    expect(second.log.map(({ event }) => event)).toContain('delivery.duplicate');
    expect(await answersIn(scene, question)).toBe(1);
  });

  test('whose handling fails is handled again until it succeeds', async () => {
    const answering = failing(1, new Error('passing trouble'));
    const scene = await scenery({ answering });
    const person = scene.slack.as(ids.provider);
    await person.mention(ids.channel, '一度失敗する質問');
    const question = await person.waitFor(ids.channel, '一度失敗する質問');
    await person.waitFor(ids.channel, '第3条第2項', { thread: question });
    expect(answering.calls()).toBe(2);
    const failures = scene.log.filter(({ event }) => event === 'delivery.failed');
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ attempt: 1, cause: expect.stringContaining('passing trouble') });
  });

  test('that was interrupted by a crash is handled at the next start', async () => {
    const file = database();
    const scene = await startScene({ file, answering: failing(99, new Error('crash')) });
    cleanUp.push(() => scene.slack.stop());
    const person = scene.slack.as(ids.provider);
    await person.mention(ids.channel, '途中で止まった質問');
    const question = await person.waitFor(ids.channel, '途中で止まった質問');
    await expect.poll(() => scene.log.map(({ event }) => event)).toContain('delivery.failed');
    await scene.stopBot();
    const second = await startBotOn(scene.slack, { file });
    cleanUp.push(second.stopBot);
    await person.waitFor(ids.channel, '第3条第2項', { thread: question });
  });

  test('whose answer was posted before the failure is not posted again', async () => {
    const file = database();
    const scene = await startScene({ file });
    cleanUp.push(() => scene.slack.stop());
    const person = scene.slack.as(ids.provider);
    await person.mention(ids.channel, '投稿の直後に止まる質問');
    const question = await person.waitFor(ids.channel, '投稿の直後に止まる質問');
    await person.waitFor(ids.channel, '第3条第2項', { thread: question });
    await expect.poll(() => statesOf(scene)).toEqual(['handled']);
    // The state a crash between Slack's answer and our note of it leaves behind.
    await scene.db.updateTable('answers').set({ message_ts: null }).execute();
    await scene.db
      .updateTable('inbox')
      .set({ state: 'received', body: JSON.stringify(mentionBody(scene.slack, question.ts, 'Ev-crash')) })
      .execute();
    await scene.stopBot();
    const second = await startBotOn(scene.slack, { file });
    cleanUp.push(second.stopBot);
    await expect.poll(() => statesOf(second)).toEqual(['handled']);
    const [row] = await second.db.selectFrom('answers').select('message_ts').execute();
    expect(row?.message_ts).not.toBeNull();
    expect(await answersIn(scene, question)).toBe(1);
  });

  test('that cannot be handled is given up, and the asker told with the reference number of the log', async () => {
    const scene = await scenery();
    const person = scene.slack.as(ids.provider);
    await person.command('/kiyaku', 'こわれた質問', ids.channel);
    const told = await person.waitFor(ids.channel, /受付番号 KG-[0-9A-F]{8}/, { timeout: 15_000 });
    expect(told.ephemeral).toBe(true);
    const dead = scene.log.find(({ event }) => event === 'delivery.dead');
    expect(told.text).toContain(String(dead?.reference));
    expect(await statesOf(scene)).toEqual(['dead']);
  });

  test.each(['app', ids.channel])(
    'of a question in %s that cannot be handled is told where it was asked',
    async (place) => {
      const scene = await scenery();
      const person = scene.slack.as(ids.provider);
      await (place === 'app' ? person.say(place, 'こわれた質問') : person.mention(place, 'こわれた質問'));
      const told = await person.waitFor(place, '受付番号 KG-');
      expect(told.ephemeral).toBe(place !== 'app');
    },
  );

  test('by a button in a modal that cannot be handled is told over the modal', async () => {
    const scene = await scenery();
    const person = scene.slack.as(ids.provider);
    await person.say(ids.channel, '誰かの発言');
    await person.shortcut('ask_about_message', await person.waitFor(ids.channel, '誰かの発言'));
    const modal = await person.waitForModal('第3条第2項');
    await scene.db.schema.dropTable('feedback').execute();
    await person.click(modal, 'feedback_wrong');
    expect((await person.waitForModal('受付番号 KG-')).depth).toBe(2);
  });

  test('by a button that cannot be handled is told at once, not tried again', async () => {
    const scene = await scenery();
    const person = scene.slack.as(ids.provider);
    await person.say('app', '質問');
    const answer = await person.waitFor('app', '第3条第2項');
    await scene.db.schema.dropTable('feedback').execute();
    await person.click(answer, 'feedback_wrong');
    expect((await person.waitFor('app', '受付番号 KG-')).ephemeral).toBe(true);
  });

  test('of a talk aside is not written down at all', async () => {
    const scene = await scenery();
    await scene.slack.as(ids.provider).say(ids.channel, '仲間うちの話です');
    await scene.slack.settled();
    expect(await statesOf(scene)).toEqual([]);
  });
});

describe('a rate limit', () => {
  test('on a post is waited out', async () => {
    const scene = await scenery();
    const person = scene.slack.as(ids.provider);
    scene.slack.refuseNext(1, 1);
    await person.say('app', '混み合うときの質問');
    await person.waitFor('app', '第3条第2項');
    expect(scene.log.filter(({ event }) => event === 'delivery.failed')).toEqual([]);
  });
});

/** A message in the channel that the bot has no reason to answer by itself. */
async function saidAside({ slack }: Pick<Scene, 'slack'>) {
  await slack.as(ids.provider).say(ids.channel, 'あとで届く質問');
  const said = await slack.as(ids.provider).waitFor(ids.channel, 'あとで届く質問');
  await slack.settled();
  return said;
}

function deliver({ address, slack }: Pick<Scene, 'address' | 'slack'>, body: unknown): Promise<Response> {
  return postSigned(address('/slack/events'), slack.signingSecret, JSON.stringify(body));
}

function statesOf({ db }: Pick<Scene, 'db'>): Promise<string[]> {
  return db
    .selectFrom('inbox')
    .select('state')
    .execute()
    .then((rows) => rows.map(({ state }) => state));
}

async function answersIn(
  { slack }: Pick<Scene, 'slack'>,
  question: Parameters<typeof seenIn>[1],
): Promise<number> {
  const seen = await seenIn(slack, question);
  return seen.filter(({ text }) => text.includes('第3条第2項')).length;
}

function seenIn(slack: LocalSlack, thread: Awaited<ReturnType<ReturnType<LocalSlack['as']>['waitFor']>>) {
  return slack.as(ids.provider).seen(ids.channel, { thread });
}

function mentionBody(slack: LocalSlack, ts: string, eventId: string) {
  return {
    type: 'event_callback',
    team_id: slack.teamId,
    event_id: eventId,
    authorizations: [],
    event: {
      type: 'app_mention',
      user: ids.provider,
      text: `<@${slack.botUserId}> もう一度届いた質問`,
      ts,
      event_ts: ts,
      channel: ids.channelId,
    },
  };
}
