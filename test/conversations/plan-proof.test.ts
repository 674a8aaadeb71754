/**
 * The plan of every choice of APIs, all 131,071 of them, held against what 第16条 says. This file reads the text
 * by itself: it shares no code with the parser, the reader of citations or the rule data.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planFor } from '../../src/conversations/plan.ts';
import { planLine } from '../../src/conversations/plan-line.ts';
import { knowledge, rules } from './held.ts';

const text = readFileSync(new URL('../../knowledge/versions/cao-undated/terms.txt', import.meta.url), 'utf8')
  .replace(/\s/g, '')
  .normalize('NFKC');
const article16 = text.slice(text.indexOf('第16条別表の'), text.indexOf('別表(第2条第3号関係)'));
const [first = '', second = '', third = ''] = article16
  .replace('第16条', '')
  .split('。')
  .map((sentence) => sentence.replace(/^[23](?=別表)/, ''));

/** 「項番1、2及び3並びに項番10から17まで」 as a set of bits, 項番1 lowest. */
function rowsOf(sentence: string): number {
  const named = /^別表の(.+?)に掲げる/.exec(sentence)?.[1] ?? '';
  let bits = 0;
  for (const part of named.replaceAll('項番', '').split(/、|及び|並びに/)) {
    const [from = 0, to = from] = part.replace('まで', '').split('から').map(Number);
    for (let row = from; row <= to; row++) bits |= 1 << (row - 1);
  }
  return bits;
}

/** For each step: the clause that asks for it, whether always, and the rows a sentence of 第16条 takes it from. */
const NONE = 0;
const steps = [
  { step: '事前打合せ', basis: ['第3条第1項'], exempt: rowsOf(first), by: '第16条第1項', value: 'required' },
  { step: '第3条2項の事項', basis: ['第3条第2項'], exempt: NONE, by: '', value: 'required' },
  { step: '仕様書開示申請', basis: ['第4条'], exempt: NONE, by: '', value: 'required' },
  {
    step: '接続確認環境試験',
    basis: ['第5条第1項', '第5条第2項'],
    exempt: rowsOf(third),
    by: '第16条第3項',
    value: 'required',
  },
  { step: '利用申込', basis: ['第6条'], exempt: NONE, by: '', value: 'required' },
  { step: '企画書添付', basis: ['第6条'], exempt: rowsOf(second), by: '第16条第2項', value: 'required' },
  { step: '本番環境試験', basis: ['第7条'], exempt: rowsOf(third), by: '第16条第3項', value: 'optional' },
  { step: '変更申請', basis: ['第8条'], exempt: NONE, by: '', value: 'required' },
  { step: '停止再開終了届出', basis: ['第9条'], exempt: NONE, by: '', value: 'required' },
] as const;
const readOverRows = rowsOf(first);
const ALL = (1 << 17) - 1;

describe('第16条, as this test reads it', () => {
  it('takes 第3条第1項 from 項番1〜3 and 10〜17, and reads 第3条第2項 over for them', () => {
    expect(first).toBe(
      '別表の項番1、2及び3並びに項番10から17までに掲げるマイナポータルAPIについては、第3条第1項の規定を適用しないこととするとともに、同条第2項中「事前打合せにおいて」とあるのは「利用申込の際に」と読み替えるものとします',
    );
    expect(rowsOf(first).toString(2)).toBe('11111111000000111');
  });

  it('takes the attachment of 第6条 from the same rows', () => {
    expect(second).toContain('第6条の規定にかかわらず、利用申込の際に企画書を添付することを要しない');
    expect(rowsOf(second)).toBe(rowsOf(first));
  });

  it('takes 第5条 and 第7条 from 項番10 only', () => {
    expect(third).toContain('第5条及び第7条の規定を適用しない');
    expect(rowsOf(third)).toBe(1 << 9);
  });
});

describe('the plan of all 131,071 choices', () => {
  it('gives each step the value, the clauses and the split that 第16条 gives it, and 第3条第2項 its time', () => {
    let wrong = 0;
    const examples: string[] = [];
    const coverage = new Map<string, number>();
    for (let choice = 1; choice <= ALL; choice++) {
      const plan = planFor(rules, knowledge, { rows: rowsIn(choice) });
      for (const [index, expected] of steps.entries()) {
        const actual = plan.steps[index];
        const exempt = choice & expected.exempt;
        const bound = choice & ~expected.exempt;
        const value = bound === 0 ? 'not_required' : expected.value;
        const perApi = actual?.perApi ?? { required: [], optional: [], not_required: [] };
        const clausesFor = actual?.clausesFor.map(cite).join() ?? '';
        const clausesAgainst = actual?.clausesAgainst.map(cite).join() ?? '';
        const moments = actual?.moments.map((one) => `${one.words}${bitsOf(one.rows)}`).join() ?? '';
        const right =
          actual?.step === expected.step &&
          actual.value === value &&
          bitsOf(perApi.not_required) === exempt &&
          bitsOf(perApi[expected.value]) === bound &&
          bitsOf(perApi.required) + bitsOf(perApi.optional) + bitsOf(perApi.not_required) === choice &&
          clausesFor === expected.basis.join() &&
          clausesAgainst === (exempt === 0 ? '' : expected.by) &&
          cite(actual.basis[0]) === (bound === 0 ? expected.by : firstBasis(expected.step, choice)) &&
          moments === (expected.step === '第3条2項の事項' ? momentsOf(choice) : '');
        if (!right) {
          wrong++;
          if (examples.length < 3) examples.push(`${rowsIn(choice).join()} ${expected.step}`);
        }
        const clause = value === 'not_required' ? expected.by : expected.basis[0];
        const row = `${expected.step} ${value} ${clause}${exempt !== 0 && bound !== 0 ? ` (split by ${expected.by})` : ''}`;
        coverage.set(row, (coverage.get(row) ?? 0) + 1);
      }
    }
    expect(examples).toEqual([]);
    expect(wrong).toBe(0);
    // step × outcome × deciding clause, with the number of choices: 6 rows are bound by 第16条第1・2項, 16 by 第3項.
    expect(Object.fromEntries(coverage)).toEqual({
      '事前打合せ required 第3条第1項': 63,
      '事前打合せ required 第3条第1項 (split by 第16条第1項)': 63 * 2047,
      '事前打合せ not_required 第16条第1項': 2047,
      '第3条2項の事項 required 第3条第2項': ALL,
      '仕様書開示申請 required 第4条': ALL,
      '接続確認環境試験 required 第5条第1項': 65_535,
      '接続確認環境試験 required 第5条第1項 (split by 第16条第3項)': 65_535,
      '接続確認環境試験 not_required 第16条第3項': 1,
      '利用申込 required 第6条': ALL,
      '企画書添付 required 第6条': 63,
      '企画書添付 required 第6条 (split by 第16条第2項)': 63 * 2047,
      '企画書添付 not_required 第16条第2項': 2047,
      '本番環境試験 optional 第7条': 65_535,
      '本番環境試験 optional 第7条 (split by 第16条第3項)': 65_535,
      '本番環境試験 not_required 第16条第3項': 1,
      '変更申請 required 第8条': ALL,
      '停止再開終了届出 required 第9条': ALL,
    });
  });

  it('shows the order of 第6条 exactly where an approved 企画書 is attached, and no other order', () => {
    for (const choice of [1, 1 << 3, 1 << 9, (1 << 3) | (1 << 9), ALL]) {
      const { order } = planFor(rules, knowledge, { rows: rowsIn(choice) });
      const bound = choice & ~rowsOf(second);
      expect(order.map(({ cite: citation, rows }) => [cite(citation), bitsOf(rows)])).toEqual([
        ...(bound === 0 ? [] : [['第6条', bound]]),
        ['第9条', choice],
      ]);
    }
  });

  it('writes its keys in the agreed order, and the APIs ascending whatever was typed', () => {
    const line = planLine(planFor(rules, knowledge, { rows: [10, 4, 10] }));
    expect(Object.keys(line)).toEqual(['apis', 'steps']);
    expect(line.apis).toEqual([4, 10]);
    for (const step of line.steps) {
      expect(Object.keys(step).filter((key) => key !== 'note')).toEqual(['step', 'value', 'basis', 'apis']);
      expect(Object.keys(step.apis)).toEqual(['required', 'optional', 'not_required']);
    }
  });
});

function rowsIn(choice: number): number[] {
  const rows: number[] = [];
  for (let row = 1; row <= 17; row++) if (choice & (1 << (row - 1))) rows.push(row);
  return rows;
}

function bitsOf(rows: readonly number[]): number {
  return rows.reduce((bits, row) => bits | (1 << (row - 1)), 0);
}

/** The 読替え comes first when it holds for the whole choice. */
function firstBasis(step: string, choice: number): string {
  if (step === '第3条2項の事項' && (choice & ~readOverRows) === 0) return '第16条第1項';
  return steps.find((one) => one.step === step)?.basis[0] ?? '';
}

function momentsOf(choice: number): string {
  const printed = choice & ~readOverRows;
  const reworded = choice & readOverRows;
  return [
    printed === 0 ? '' : `事前打合せにおいて${printed}`,
    reworded === 0 ? '' : `利用申込の際に${reworded}`,
  ]
    .filter((part) => part !== '')
    .join();
}

function cite(citation: unknown): string {
  const { article, paragraph } = citation as { article: number; paragraph: number | null };
  return `第${article}条${paragraph === null ? '' : `第${paragraph}項`}`;
}
