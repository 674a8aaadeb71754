import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deriveApplicability, readOver } from '../../src/terms/applicability.ts';
import { type Citation, formatCitation, parseCanonical } from '../../src/terms/citation.ts';
import { locate } from '../../src/terms/provisions.ts';
import { STEP_NAMES, stepsAgainstText, stepValue } from '../../src/terms/steps.ts';
import { applicabilityFile } from '../../src/terms/steps-file.ts';
import { terms, withoutSpace } from './held.ts';

const written: unknown = parse(
  readFileSync(new URL('../../knowledge/versions/cao-undated/applicability.yaml', import.meta.url), 'utf8'),
);
const rules = applicabilityFile.parse(written);
const rows = terms.table.rows.map(({ number }) => number);
const exempt = [1, 2, 3, 10, 11, 12, 13, 14, 15, 16, 17];

const basis = (citations: readonly Citation[]) => citations.map(formatCitation);

describe('第16条, read from its own text', () => {
  const derived = deriveApplicability(terms);

  it('exempts 11 rows from 第3条第1項 and row 10 from 第5条 and 第7条', () => {
    expect(
      derived.exemptions.map(({ basis: by, rows: of, clauses }) => [formatCitation(by), of, basis(clauses)]),
    ).toEqual([
      ['第16条第1項', exempt, ['第3条第1項']],
      ['第16条第3項', [10], ['第5条', '第7条']],
    ]);
  });

  it('takes only the attachment out of 第6条', () => {
    expect(
      derived.relaxations.map(({ basis: by, rows: of, clause, act }) => [
        formatCitation(by),
        of,
        formatCitation(clause),
        act,
      ]),
    ).toEqual([['第16条第2項', exempt, '第6条', '利用申込の際に企画書を添付すること']]);
  });

  it('reads 第3条第2項 over for the 11 rows, with the replaced words marked', () => {
    const clause = parseCanonical('第3条第2項') as Citation;
    const result = readOver(terms, clause, [4, 11]);
    expect(result?.rows).toEqual([11]);
    expect(
      result?.readAs.startsWith(
        'Ｗｅｂサービス提供者等は、利用申込の際に、内閣府大臣官房番号制度担当室が定める様式又は方法により、',
      ),
    ).toBe(true);
    expect(result?.segments.filter(({ replaced }) => replaced)).toEqual([
      { text: '利用申込の際に', replaced: true },
    ]);
    expect(result?.segments.map(({ text, replaced }) => (replaced ? result.from : text)).join('')).toBe(
      result?.printed,
    );
  });

  it('reads nothing over for rows 4 to 9, nor any other provision', () => {
    expect(readOver(terms, parseCanonical('第3条第2項') as Citation, [4, 5, 6, 7, 8, 9])).toBeNull();
    expect(readOver(terms, parseCanonical('第6条') as Citation, [11])).toBeNull();
  });
});

describe('applicability.yaml', () => {
  it('says what 第16条 says, for every row and every step', () => {
    expect(stepsAgainstText(rules, terms)).toEqual([]);
  });

  it('is found out when any exception or read-over is dropped, or a row left out', () => {
    for (const [index, step] of rules.steps.entries()) {
      const altered = { ...step, exceptions: [], readOver: null };
      const differs = step.exceptions.length > 0 || step.readOver !== null;
      expect(stepsAgainstText({ steps: rules.steps.with(index, altered) }, terms).length > 0).toBe(differs);
      for (const row of step.exceptions[0]?.rows ?? []) {
        const exceptions = step.exceptions.map((one) => ({
          ...one,
          rows: one.rows.filter((other) => other !== row),
        }));
        const [message] = stepsAgainstText(
          { steps: rules.steps.with(index, { ...step, exceptions }) },
          terms,
        );
        expect(message).toContain(`項番${row}`);
      }
    }
  });

  it('quotes its conditions and acts from the clause, word for word', () => {
    for (const { clause, act, condition } of rules.steps) {
      const place = locate(terms, clause);
      const text = place?.kind === 'paragraph' ? withoutSpace(place.paragraph.text) : '';
      for (const quote of [act, condition]) if (quote !== null) expect(text).toContain(quote);
    }
  });

  it('refuses an unknown key, a missing step and a citation in another form', () => {
    const { steps } = written as { steps: Record<string, unknown>[] };
    const altered = [
      { steps, extra: 1 },
      { steps: steps.slice(1) },
      { steps: steps.toReversed() },
      { steps: steps.with(0, { ...steps[0], deadline: '30日' }) },
      { steps: steps.with(0, { ...steps[0], clause: '3条1項' }) },
    ];
    for (const value of altered) expect(applicabilityFile.safeParse(value).success).toBe(false);
  });
});

describe('what a step means', () => {
  const table: Record<string, string> = {
    A: 'required required required required required required optional required required',
    B: 'not_required required required required required not_required optional required required',
    C: 'not_required required required not_required required not_required not_required required required',
  };

  it.each(rows)('for 項番%i alone follows its track of 第16条', (row) => {
    const track = row === 10 ? 'C' : exempt.includes(row) ? 'B' : 'A';
    const values = STEP_NAMES.map((step) => stepValue(rules, step, [row]).value).join(' ');
    expect(values).toBe(table[track]);
  });

  it('for any two rows is the stronger of the two', () => {
    const strength = ['not_required', 'optional', 'required'];
    for (const step of STEP_NAMES) {
      for (const a of rows) {
        for (const b of rows) {
          const each = [a, b].map((row) => strength.indexOf(stepValue(rules, step, [row]).value));
          expect(stepValue(rules, step, [a, b]).value).toBe(strength[Math.max(...each)]);
        }
      }
    }
  });

  it.each([
    ['事前打合せ', [1, 4], 'required', ['第3条第1項', '第16条第1項']],
    ['事前打合せ', [1, 2], 'not_required', ['第16条第1項', '第3条第1項']],
    ['第3条2項の事項', [11, 12, 13], 'required', ['第16条第1項', '第3条第2項']],
    ['第3条2項の事項', [4], 'required', ['第3条第2項', '第16条第1項']],
    ['仕様書開示申請', [10], 'required', ['第4条']],
    ['接続確認環境試験', [14], 'required', ['第5条第1項', '第5条第2項', '第16条第3項']],
    ['接続確認環境試験', [10], 'not_required', ['第16条第3項', '第5条第1項', '第5条第2項']],
    ['利用申込', [16], 'required', ['第6条']],
    ['企画書添付', [14, 15, 16, 17], 'not_required', ['第16条第2項', '第6条']],
    ['本番環境試験', [4], 'optional', ['第7条', '第16条第3項']],
    ['停止再開終了届出', [], 'required', ['第9条']],
  ] as const)('%s for %j is %s on %j', (step, used, value, expected) => {
    const verdict = stepValue(rules, step, used);
    expect([verdict.value, basis(verdict.basis)]).toEqual([value, expected]);
  });

  it('keeps the rows apart', () => {
    expect(stepValue(rules, '事前打合せ', [1, 4, 10]).perRow).toEqual({
      required: [4],
      optional: [],
      not_required: [1, 10],
    });
  });
});
