/** Why an answer came out: what is said must be what decided. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { traceAsText } from '../../src/answers/reasons.ts';
import { guide } from '../support/guide.ts';

const { answerer } = guide();
const folder = new URL('../eval/', import.meta.url);
const questions = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line) => (JSON.parse(line) as { question: string }).question);

describe('the reasons of an answer', () => {
  it('name what was answered, for every question people wrote for the evaluation', () => {
    for (const question of questions) {
      const trace = answerer.explain(question);
      const { answers } = answerer.answer(question);
      expect(trace.outcomes).toHaveLength(answers.length);
      expect(trace.line).toMatch(/。$/u);
      expect(trace.line.length).toBeLessThan(900);
      answers.forEach((answer, at) => {
        expect(trace.outcomes[at]?.reasons).toEqual(answer.reasons);
        if (answer.kind === 'answer') expect(trace.outcomes[at]?.of).toContain(answer.quotes[0].label);
      });
    }
  });

  it('by likeness name the paraphrase of a candidate, with words that stand in the question', () => {
    const trace = answerer.explain('利用をやめたい');
    expect(trace.outcomes[0]).toMatchObject({ of: '第9条', by: 'ask' });
    expect(trace.candidates[0]).toMatchObject({ kind: 'provision', key: '第9条' });
    expect(trace.line).toMatch(/^「やめる」「利用」という言葉があり、「.+」という尋ね方に近い/u);
  });

  it('by rule name the turn of phrase, the API and the step', () => {
    const trace = answerer.explain('医療費のAPIだけ使うとき企画書は要る？');
    expect(trace.recognised).toEqual(
      expect.arrayContaining([
        { name: 'API', found: '項番7' },
        { name: '手続', found: '企画書添付' },
        { name: '要否を尋ねる言い方', found: '「要る」' },
      ]),
    );
    expect(trace.line).toContain('「要る」という言い方から');
    expect(trace.lent).toBeNull();
  });

  it('say what the thread lent', () => {
    const question = 'SSOと医療費を使うとき、事前打合せは要りますか';
    const { answers } = answerer.answer(question);
    const trace = answerer.explain('じゃあ4番は？', [{ question, answers }]);
    expect(trace.lent).toEqual(expect.arrayContaining([{ name: '手続', found: '事前打合せ' }]));
    expect(traceAsText(trace)).toContain('前の質問で補ったあと');
  });

  it('say so where nothing was recognised, and of nothing at all', () => {
    expect(answerer.explain('ぽんぽこぴー').line).not.toBe('');
    for (const text of ['', '。', '\u0000', '\ud800', '<!channel>'])
      expect(answerer.explain(text).line).not.toBe('');
  });
});
