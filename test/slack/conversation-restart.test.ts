import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLocalSlack } from '../../src/local-slack/start.ts';
import { ids, manifest, startBotOn } from '../support/scene.ts';

test('a conversation outlives a restart, and goes on on another surface with every answer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kiyaku-'));
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  const options = { file: join(folder, 'guide.db') };
  const person = slack.as(ids.provider);
  try {
    const before = await startBotOn(slack, options);
    await person.command('/tetsuzuki', '4 10', ids.channel);
    await person.close(await person.waitForModal('本番環境での試験'));
    await before.stopBot();

    const after = await startBotOn(slack, options);
    await person.command('/tetsuzuki', '', ids.channel);
    await person.click(await person.waitForModal('続きから'), 'flow_open:0');
    const resumed = await person.waitForModal(/認めますか 第7条の/);
    expect(resumed.text).toContain('→ 自己情報取得（項番4）・就労証明書様式取得等（項番10）');
    await person.click(resumed, 'flow_to_thread');
    await person.waitForModal('チャンネルに投稿しました');
    const card = await person.waitFor(ids.channel, '本番環境での試験の必要があると認めますか');
    await after.stopBot();

    const again = await startBotOn(slack, options);
    await slack.as(ids.colleague).click(card, 'flow_answer:1');
    await person.waitFor(ids.channel, '必要があるとは認めない、とのお答えです');
    await again.stopBot();
  } finally {
    await slack.stop();
    await rm(folder, { recursive: true });
  }
});
