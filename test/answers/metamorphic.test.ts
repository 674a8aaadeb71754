/** The same question in another dress keeps its first citation; whose company asks never changes it. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guide } from '../support/guide.ts';

const folder = new URL('../eval/', import.meta.url);
/** Questions that may be looked at; every third, so that the run stays short. */
const questions = readdirSync(folder)
  .filter((file) => file.endsWith('.tuning.jsonl'))
  .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line) => (JSON.parse(line) as { question: string }).question)
  .filter((_, index) => index % 3 === 0);

function firstCited(text: string): string {
  const [answer] = guide().answerer.answer(text).answers;
  if (answer.kind === 'answer') return answer.quotes[0]?.label ?? '';
  return answer.kind === 'not_settled' ? `gap:${answer.gapId}` : answer.kind;
}

const before = new Map(questions.map((question) => [question, firstCited(question)]));

/** Share of the questions whose first citation stays the same. */
function kept(rewrite: (question: string) => string): number {
  const same = questions.filter((question) => firstCited(rewrite(question)) === before.get(question));
  return same.length / questions.length;
}

const shift = (text: string, from: RegExp, by: number) =>
  text.replace(from, (char) => String.fromCharCode(char.charCodeAt(0) + by));

describe('a rewritten question keeps its first citation', () => {
  it.each<[string, number, (question: string) => string]>([
    ['in full width', 1, (text) => shift(text, /[!-~]/g, 0xfee0)],
    ['in half width', 1, (text) => shift(text, /[Ａ-Ｚａ-ｚ０-９]/g, -0xfee0)],
    ['with emoji', 0.98, (text) => `${text}🙏😅`],
    ['after a greeting', 0.99, (text) => `お疲れさまです！ ${text}`],
    ['with thanks', 0.99, (text) => `${text} よろしくお願いいたします。`],
    [
      'put politely',
      0.95,
      (text) => `恐れ入ります。${text.replace(/[？?]$/, '')}でしょうか。教えてください。`,
    ],
    [
      'with blanks between its letters',
      0.93,
      (text) => (/[a-z]{3}/i.test(text) ? text : [...text].join(' ')),
    ],
    ['in katakana for hiragana', 0.85, (text) => shift(text, /[ぁ-ん]/g, 0x60)],
    ['without its question mark', 0.96, (text) => text.replace(/[？?。]/g, '')],
    [
      'with a letter missing',
      0.88,
      (text) => text.slice(0, text.length >> 1) + text.slice((text.length >> 1) + 1),
    ],
    ['with two letters swapped', 0.86, (text) => swapped(text, Math.floor(text.length / 3))],
  ])('%s, in at least %d of the cases', (_, least, rewrite) => {
    expect(kept(rewrite)).toBeGreaterThanOrEqual(least);
  });
});

describe('whose company asks changes nothing', () => {
  it.each<[string, (question: string) => string]>([
    ['said before', (text) => `株式会社みらいサービスの者です。${text}`],
    ['said with a name', (text) => `架空ヘルス株式会社の山田と申します。${text}`],
    ['said as the matter', (text) => `合同会社あおぞらのサービスについてです。${text}`],
    ['said behind, of a competitor', (text) => `${text}（競合のあおぞら社の件ではありません）`],
  ])('%s', (_, rewrite) => {
    const changed = questions.filter((question) => firstCited(rewrite(question)) !== before.get(question));
    expect(changed).toEqual([]);
  });
});

function swapped(text: string, at: number): string {
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}
