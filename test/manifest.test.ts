import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROUTES } from '../src/slack/routes.ts';
import { VIEWS } from '../src/slack/views/action-ids.ts';
import { SUGGESTED_PROMPTS } from '../src/slack/views/help.ts';
import { manifest } from './support/scene.ts';

const read = z
  .object({
    features: z.object({
      agent_view: z.object({ suggested_prompts: z.array(z.unknown()) }),
      shortcuts: z.array(z.object({ callback_id: z.string() })),
      slash_commands: z.array(z.object({ command: z.string() })),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  })
  .parse(manifest);

const listened = (kind: string): string[] =>
  ROUTES.filter((route) => route.kind === kind).map(({ on }) => on);

describe('manifest.yml', () => {
  it("passes Slack's schema", () => {
    const schema = JSON.parse(readFileSync(new URL('support/manifest.schema.json', import.meta.url), 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    const valid = ajv.validate(schema, manifest);
    expect(ajv.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('names the commands, shortcuts and events that the code listens to, and no other', () => {
    expect(read.features.slash_commands.map(({ command }) => command)).toEqual(listened('command'));
    expect(read.features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(listened('shortcut'));
    const events = read.settings.event_subscriptions.bot_events.map((event) =>
      event.replace(/^message\..*/, 'message'),
    );
    expect([...new Set(events)].sort()).toEqual(listened('event').sort());
  });

  it('asks for the scopes of the surface and for nothing else', () => {
    expect(read.oauth_config.scopes.bot).toEqual([
      'app_mentions:read',
      'assistant:write',
      'channels:history',
      'channels:read',
      'chat:write',
      'commands',
      'files:write',
      'groups:history',
      'groups:read',
      'im:history',
      'im:write',
      'usergroups:read',
    ]);
  });

  it('suggests the same prompts as the code', () => {
    expect(read.features.agent_view.suggested_prompts).toEqual(SUGGESTED_PROMPTS);
  });
});

describe('every part of the surface', () => {
  const folder = new URL('slack/', import.meta.url);
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  /** How a person does it, where that is not the id itself. */
  const DONE_BY: Readonly<Record<string, string>> = {
    app_mention: '.mention(',
    message: ".say('app'",
    app_home_opened: '.openHome()',
  };

  it.each(ROUTES.map(({ kind, on }) => [kind, on] as const))('%s %s is exercised by a test', (_kind, on) => {
    const quoted = new RegExp(`['"]${on}(?::\\d)?['"]`);
    expect(tests.includes(DONE_BY[on] ?? '\u0000') || quoted.test(tests)).toBe(true);
  });

  it('knows its views, and each is opened by a test', () => {
    expect(Object.values(VIEWS)).toEqual([
      'article',
      'related',
      'answer',
      'notice',
      'flow_menu',
      'flow_step',
      'flow_result',
      'why',
      'compare',
      'case_list',
      'case',
      'case_form',
      'case_history',
      'record_message',
      'person',
      'answer_why',
      'inquiry_ask',
      'inquiry',
      'inquiry_reply',
      'inquiry_supplement',
      'change_draft',
      'missing',
      'reminders',
    ]);
    for (const shown of [
      '第4条（',
      '適用されない場合があります。',
      '利用規約に定めがありません',
      '読み取れる文章がありません',
      '手続の案内',
      'どのAPIを使いますか',
      '必要な手続は9つのうち',
      'この手続を求める規定',
      '比べる選び方',
      '進行中のすべての案件',
      '手順（完了',
      '担当室への質問',
      '案件を登録しました',
      'このメッセージを、案件の記録に写します',
      'このアプリが一人について持っている情報',
      '候補（点の高い順）',
      '担当室に送る質問',
      '担当室に送りました。',
      '返事は「本人だけ」',
      '担当室に伝えること',
      '事柄の名前',
      '答えの足りない質問（1件のまとまり）',
      'これから送るもの（早い順）',
    ]) {
      expect([shown, tests.includes(shown)]).toEqual([shown, true]);
    }
  });
});
