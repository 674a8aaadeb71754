import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answers/answer.ts';
import { type AskedQuestion, SIGNS, SOON } from '../../src/unanswered/asked.ts';
import { reportMissing } from '../../src/unanswered/report.ts';
import { guide } from '../support/guide.ts';
import { likeness } from '../support/likeness.ts';

const open: Answer = {
  kind: 'not_settled',
  topic: '利用料',
  gapId: 'fees',
  lead: '',
  leadEn: null,
  nearest: [],
  outside: [],
  notes: [],
  reasons: [{ kind: 'ask', line: '', detail: '' }],
};
const outside: Answer = {
  kind: 'out_of_scope',
  lead: '',
  leadEn: null,
  scheme: null,
  nearest: [],
  reasons: [],
};
const thanks: Answer = { ...outside, reasons: [{ kind: 'ask', line: '', detail: 'offtopic' }] };
const settled = (): Answer => guide().answerer.provision('第9条');

let made = 0;
function asked(text: string, more: Partial<AskedQuestion> = {}): AskedQuestion {
  made += 1;
  const id = `A${String(made).padStart(4, '0')}`;
  return { id, text, at: made, place: null, answers: [settled()], verdicts: [], toOffice: false, ...more };
}
const report = (...all: AskedQuestion[]) => reportMissing(all, likeness);
const textsOf = (all: ReturnType<typeof report>) =>
  all.groups.map(({ questions }) => questions.map(({ text }) => text));

describe('what counts as missing', () => {
  it('is what was not settled, out of scope, called wrong, or asked again', () => {
    const { counts, groups } = report(
      asked('利用料はいくら', { answers: [open] }),
      asked('年金はいくら', { answers: [outside] }),
      asked('利用をやめたい', { verdicts: ['wrong'] }),
      asked('企画書は要る', { verdicts: ['helpful'] }),
      asked('届出はいつまで'),
    );
    expect(counts).toEqual({ wrong: 1, again: 0, unsettled: 1, outside: 1, helpful: 1, unknown: 1 });
    expect(groups).toHaveLength(3);
  });

  it('is not 「ありがとう」, unless somebody says that it was answered wrongly', () => {
    expect(report(asked('ありがとう', { answers: [thanks] })).groups).toEqual([]);
    expect(report(asked('ありがとう', { answers: [thanks], verdicts: ['wrong'] })).groups).toHaveLength(1);
  });

  it('silence is never success: a question without any sign counts as unknown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('helpful' as const, 'wrong' as const), { maxLength: 4 }),
        (verdicts) => {
          const { counts } = report(asked('利用をやめたい', { verdicts }));
          const helpful = verdicts.includes('helpful') && !verdicts.includes('wrong');
          expect(counts.helpful).toBe(helpful ? 1 : 0);
          expect(counts.unknown).toBe(verdicts.length === 0 ? 1 : 0);
        },
      ),
    );
  });

  it('counts every question once', () => {
    const some = fc.array(
      fc.record({
        text: fc.constantFrom(
          '利用料はいくら',
          '料金はいくらかかる',
          '利用をやめたい',
          '企画書は要る',
          '第9条',
        ),
        at: fc.nat(3_600_000),
        place: fc.constantFrom(null, 'U1 C1 1.1', 'U2 C1 1.1'),
        answers: fc.constantFrom<Answer[]>([open], [outside], [thanks], [settled()]),
        verdicts: fc.array(fc.constantFrom('helpful' as const, 'wrong' as const), { maxLength: 2 }),
        toOffice: fc.boolean(),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(some, (all) => {
        const questions = all.map((one, at) => ({ ...one, id: `A${at}` }));
        const { counts, groups } = reportMissing(questions, likeness);
        const real = questions.filter(
          ({ answers, verdicts }) => answers[0] !== thanks || verdicts.includes('wrong'),
        );
        expect(SIGNS.reduce((sum, sign) => sum + counts[sign], 0)).toBe(real.length);
        const grouped = groups.flatMap((group) => group.questions.map(({ id }) => id));
        expect(new Set(grouped).size).toBe(grouped.length);
        expect(grouped.length).toBe(counts.wrong + counts.again + counts.unsettled + counts.outside);
        expect(reportMissing(questions.toReversed(), likeness)).toEqual({
          counts,
          groups,
          toOffice: expect.anything(),
        });
      }),
      { numRuns: 25 },
    );
  });
});

describe('asked again in other words', () => {
  const place = 'U1 C1 1.1';
  const first = (more: Partial<AskedQuestion> = {}) =>
    asked('利用を止めたいときの手続は', { at: 0, place, ...more });
  const again = (more: Partial<AskedQuestion> = {}) =>
    asked('利用を止めるにはどんな手続がいりますか', { at: 60_000, place, ...more });

  it('soon after, by the same person in the same thread, says that the first answer was none', () => {
    const { counts, groups } = report(first(), again());
    expect(counts).toMatchObject({ again: 1, unknown: 1 });
    expect(groups[0]?.questions[0]?.text).toBe('利用を止めたいときの手続は');
  });

  it.each([
    ['by somebody else', { place: 'U2 C1 1.1' }],
    ['in another thread', { place: 'U1 C1 2.2' }],
    ['where nobody knows the place', { place: null }],
    ['much later', { at: SOON + 1 }],
    ['in the same words', { text: '利用を止めたいときの手続は' }],
    ['about something else', { text: 'じゃあ4番は？' }],
  ])('%s it says nothing', (_, more) => {
    expect(report(first(), again(more)).counts).toMatchObject({ again: 0, unknown: 2 });
  });
});

describe('similar questions', () => {
  const wrong = (text: string) => asked(text, { verdicts: ['wrong'] });

  it('stand together however they are written, and others do not', () => {
    const groups = textsOf(
      report(
        wrong('利用料はいくらですか'),
        wrong('利用料はいくらなの？'),
        wrong('ＡＰＩの利用料って、いくらですか。'),
        wrong('本番環境での試験はどのAPIに必要ですか'),
        wrong('仕様書を委託先に見せてよいですか'),
      ),
    );
    expect(groups.map((texts) => texts.length)).toEqual([3, 1, 1]);
  });

  it('about the same open point stand together though they share hardly a word', () => {
    const all = ['利用料はいくらですか', '料金はどれくらいかかりますか', 'お金は取られますか'];
    expect(textsOf(report(...all.map((text) => asked(text, { answers: [open] }))))).toEqual([all]);
  });

  it('in thousands, the same ones stand together and none is lost', () => {
    const words = [
      '利用料はいくらですか',
      '企画書は必要ですか',
      '利用をやめたい',
      '仕様書を見せてよいですか',
    ];
    const all = Array.from({ length: 2_000 }, (_, at) => wrong(`${words[at % 4]}${at % 8 < 4 ? '' : '？'}`));
    const { groups } = report(...all);
    expect(groups.map(({ questions }) => questions.length)).toEqual([500, 500, 500, 500]);
  });
});
