import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer.ts';
import { checkBlocks, checkView } from '../../../src/local-slack/schema/check.ts';
import {
  answerCard,
  type CardContent,
  MOST_BLOCKS,
  MOST_CHARACTERS,
} from '../../../src/slack/views/answer-card.ts';
import { helpCard, homeView } from '../../../src/slack/views/help.ts';
import { answerModal, feedbackModal, noticeModal, relatedModal } from '../../../src/slack/views/modals.ts';
import { provisions } from '../../../src/terms/provisions.ts';
import { answer, anyText } from '../../support/arbitrary-answers.ts';
import { guiding } from '../../support/guiding.ts';
import { scriptedAnswers, version } from '../../support/scripted-answers.ts';
import { terms } from '../../terms/held.ts';

const content = (answers: readonly Answer[], more: Partial<CardContent> = {}): CardContent => ({
  id: '00000000-0000-4000-8000-000000000000',
  answers,
  version,
  truncated: false,
  shareable: false,
  preface: null,
  sharedBy: null,
  feedback: true,
  office: true,
  ...more,
});

const anyContent = fc
  .record({
    answers: fc.array(answer, { minLength: 1, maxLength: 6 }),
    truncated: fc.boolean(),
    shareable: fc.boolean(),
    preface: fc.option(anyText),
    sharedBy: fc.option(fc.constant('U0STAFF01')),
  })
  .map(({ answers, ...more }) => content(answers, more));

describe('a card of any answers whatever', () => {
  it('is accepted by Slack: 50 blocks, below 12,000 characters, every element within its limit', () => {
    fc.assert(
      fc.property(anyContent, (given) => {
        const { blocks } = answerCard(given);
        expect(blocks.length).toBeLessThanOrEqual(MOST_BLOCKS);
        expect(JSON.stringify(blocks).length).toBeLessThan(MOST_CHARACTERS);
        expect(() => checkBlocks(plainJson(blocks))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('mentions nobody: user text stands in plain and rich text only, and the fallback is escaped', () => {
    fc.assert(
      fc.property(anyContent, (given) => {
        const { blocks, text } = answerCard(given);
        expect(
          kinds(blocks).filter((kind) => ['mrkdwn', 'broadcast', 'usergroup', 'markdown'].includes(kind)),
        ).toEqual([]);
        expect(kinds(blocks).filter((kind) => kind === 'user')).toHaveLength(given.sharedBy === null ? 0 : 1);
        expect(text).not.toMatch(/[<>]/);
        expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('fits in a modal too, and so do the provisions that bear on it', () => {
    fc.assert(
      fc.property(anyContent, anyText, (given, words) => {
        for (const view of [
          answerModal(given),
          feedbackModal(given, words),
          relatedModal(given.answers, version),
          noticeModal(words),
        ]) {
          expect(() => checkView(plainJson(view), 'modal')).not.toThrow();
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a card of an ordinary answer', () => {
  const reply = scriptedAnswers().answer('事前打合せでは何を明らかにしますか');

  it('says the answer first, then the wording with its citation, then the version as unconfirmed', () => {
    const said = texts(answerCard(content(reply.answers)).blocks);
    const order = [
      '事前打合せで明らかにする事項です。',
      '第3条第2項（',
      '最終確認日：未確認',
      '適用されない場合があります。',
    ];
    const places = order.map((words) => said.findIndex((text) => text.includes(words)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('shows a verdict as one word before anything else', () => {
    const [first] = reply.answers;
    if (first.kind !== 'answer') throw new Error('unexpected kind');
    const answers = [{ ...first, verdict: { step: '事前打合せ', apis: [4, 5], value: 'required' } as const }];
    const card = answerCard(content(answers));
    expect(texts(card.blocks)[0]).toBe('必要：事前打合せ（別表項番4、5）');
    expect(card.text).toMatch(/^必要：/);
  });

  it('quotes each of the 71 provisions word for word', () => {
    for (const provision of provisions(terms)) {
      const answers = [scriptedAnswers().provision(provision.key)];
      expect(texts(answerCard(content(answers)).blocks).join('')).toContain(provision.text);
    }
  });

  it('says so when a wording did not fit', () => {
    const [first] = reply.answers;
    if (first.kind !== 'answer') throw new Error('unexpected kind');
    const long = { ...first, quotes: [{ ...first.quotes[0], text: '長い規定。'.repeat(2_000) }] as const };
    expect(texts(answerCard(content([long])).blocks).join('')).toContain('ここでは途中までです');
  });

  it('never puts a mark of its own inside a quote, however little room there is', () => {
    const wording = (times: number) => 'あいうえお。'.repeat(times);
    fc.assert(
      fc.property(fc.array(fc.nat(600), { minLength: 1, maxLength: 8 }), (sizes) => {
        const [first] = reply.answers;
        if (first.kind !== 'answer') throw new Error('unexpected kind');
        const many = sizes.map((times) => ({ ...first.quotes[0], text: wording(times + 1) }));
        const bearing = many.map((quote) => ({ quote, why: '関係します。', decisive: true }));
        const answers = [{ ...first, quotes: [first.quotes[0], ...many] as const, bearing }];
        for (const quoted of quotedTexts(answerCard(content(answers)).blocks)) {
          if (quoted.startsWith('あ')) expect(wording(700).startsWith(quoted)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['手数料', ['利用規約に定めがありません：手数料', '［公表資料］', '出所：架空の資料', '近い規定']],
    ['第20条', ['この版に「第20条」はありません', '第16条までです。']],
    ['天気', ['範囲外です。']],
    ['選', ['どの規定についてのご質問ですか', '利用申込についてです。', '変更についてです。']],
  ])('%s has a card of its own kind', (typed, expected) => {
    const said = texts(answerCard(content(scriptedAnswers().answer(typed).answers)).blocks).join('\n');
    for (const words of expected) expect(said).toContain(words);
  });
});

describe('help and Home', () => {
  it('are accepted by Slack', () => {
    expect(() => checkBlocks(plainJson(helpCard(version).blocks))).not.toThrow();
    expect(() => checkView(plainJson(homeView(version, guiding.flows, [])), 'home')).not.toThrow();
  });
});

function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Every `text` string, in the order it is read. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : texts(inner),
  );
}

/** Every `type` of block, element and text object. */
function kinds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(kinds);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'type' ? [String(inner)] : kinds(inner)));
}

/** The texts inside quote elements. */
function quotedTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(quotedTexts);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'rich_text_quote') return texts(value);
  return Object.values(value).flatMap(quotedTexts);
}
