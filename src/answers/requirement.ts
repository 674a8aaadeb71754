import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Citation, formatCitation, sameCitation } from '../terms/citation.ts';
import {
  ruleFor,
  STEP_VALUE_WORDS,
  type StepName,
  type StepRules,
  type StepValue,
  type StepVerdict,
  stepValue,
} from '../terms/steps.ts';
import type { Bearing, Grounded, Reason } from './answer.ts';
import type { Quoter } from './quote.ts';

const SAID: Record<StepValue, string> = {
  required: '必要です',
  not_required: '不要です',
  optional: '任意です（提供者等が必要と認める場合に行います）',
};

const SAID_EN: Record<StepValue, string> = {
  required: 'required',
  not_required: 'not required',
  optional: 'optional (where the provider itself finds it necessary)',
};

export interface RequirementParts {
  readonly knowledge: Knowledge;
  readonly rules: StepRules;
  readonly quoter: Quoter;
}

/**
 * Answers 「このAPIで、この手続は要るか」 from the rules of 第16条, with the clause for and the clause against.
 * `apis`: 項番 of the 別表, at least one; `isAssumed`: the question names none for certain, so the answer says
 * which it took.
 */
export function answerRequirement(
  step: StepName,
  apis: readonly number[],
  { knowledge, rules, quoter }: RequirementParts,
  {
    reasons,
    besideFirst,
    isAssumed,
  }: { readonly reasons: readonly Reason[]; readonly besideFirst: boolean; readonly isAssumed: boolean },
): Grounded {
  const verdict = stepValue(rules, step, apis);
  const basis = besideFirst ? leadBy(verdict.basis, ruleFor(rules, step).also) : verdict.basis;
  const [first, ...rest] = basis.map(quoter.quote);
  if (!first) throw new Error(`step without a basis: ${step}`);
  const names = (rows: readonly number[]) => namesOf(knowledge, rows);
  const phrasing = knowledge.phrasing.steps.find((one) => one.step === step);
  const label = phrasing?.label ?? step;
  return {
    kind: 'answer',
    lead: [verdictLine(verdict, label, apis, names), readOverLine(rules, step, apis, names)].join(''),
    leadEn: `For API ${apis.join(', ')}: ${phrasing?.labelEn ?? step} is ${SAID_EN[verdict.value]}.`,
    verdict: { step, apis, value: verdict.value },
    quotes: [first, ...rest],
    bearing: rowBearings(apis, verdict.basis, quoter),
    notes: isAssumed
      ? [
          `どのAPIかがはっきり書かれていないため、${names(apis)}のことと読みました。違うときは、項番を添えてお尋ねください。`,
        ]
      : [],
    handover: null,
    reasons: [
      ...reasons,
      {
        kind: 'rule',
        line: `${apis.map((row) => `項番${row}`).join('・')}と「${step}」を、第16条の適用除外と読替えに当てはめました。`,
        detail: `${step} × [${apis.join(',')}] → ${verdict.value}; ${verdict.basis.map(formatCitation).join(', ')}`,
      },
    ],
  };
}

/** The same citations with those of `first` before all others; unchanged where an exemption leads. */
function leadBy(basis: readonly Citation[], first: readonly Citation[]): readonly Citation[] {
  const isFirst = (one: Citation) => first.some((other) => sameCitation(one, other));
  const [head] = basis;
  if (head === undefined || isExemption(head)) return basis;
  return [...basis.filter(isFirst), ...basis.filter((one) => !isFirst(one))];
}

/** 第16条 stands first where it takes the step away. */
function isExemption(citation: Citation): boolean {
  return citation.kind === 'provision' && citation.article === 16;
}

/**
 * 「企画書は必要？」 with no API named: for which APIs the step is needed and for which not, the clause first; where
 * the APIs themselves are asked for (「要らないAPIはどれ」), the exemption first.
 */
export function answerRequirementForAll(
  step: StepName,
  { knowledge, rules, quoter }: RequirementParts,
  {
    apisAskedFor,
    besideFirst,
    reasons,
  }: {
    readonly apisAskedFor: boolean;
    readonly besideFirst: boolean;
    readonly reasons: readonly Reason[];
  },
): Grounded {
  const rows = knowledge.apis.map(({ row }) => row);
  const { perRow } = stepValue(rules, step, rows);
  const general = stepValue(rules, step, []).basis;
  const led = besideFirst ? leadBy(general, ruleFor(rules, step).also) : general;
  const basis = apisAskedFor ? general.toReversed() : led;
  const [first, ...rest] = basis.map(quoter.quote);
  if (!first) throw new Error(`step without a basis: ${step}`);
  const phrasing = knowledge.phrasing.steps.find((one) => one.step === step);
  const parts = VALUES.filter((value) => perRow[value].length > 0).map(
    (value) => `${STEP_VALUE_WORDS[value]}：項番${ranges(perRow[value])}`,
  );
  return {
    kind: 'answer',
    lead: `${phrasing?.label ?? step}は、使うAPIによって異なります。${parts.join('、')}。`,
    leadEn: `${phrasing?.labelEn ?? step} depends on the API: ${VALUES.filter(
      (value) => perRow[value].length > 0,
    )
      .map((value) => `${SAID_EN[value]} for ${ranges(perRow[value])}`)
      .join('; ')}.`,
    verdict: null,
    quotes: [first, ...rest],
    bearing: [],
    notes: [],
    handover: null,
    reasons: [
      ...reasons,
      {
        kind: 'rule',
        line: `すべてのAPIと「${step}」を、第16条に当てはめました。`,
        detail: basis.map(formatCitation).join(', '),
      },
    ],
  };
}

const VALUES = ['required', 'optional', 'not_required'] as const;

/** [1,2,3,10] → 「1〜3、10」 */
function ranges(rows: readonly number[]): string {
  const runs: number[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && run.at(-1) === row - 1) run.push(row);
    else runs.push([row]);
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}〜${run.at(-1)}` : `${run[0]}`)).join('、');
}

function verdictLine(
  { value, perRow }: StepVerdict,
  label: string,
  apis: readonly number[],
  names: (rows: readonly number[]) => string,
): string {
  const parts = (['required', 'optional', 'not_required'] as const)
    .filter((one) => perRow[one].length > 0)
    .map((one) => `${names(perRow[one])}は${STEP_VALUE_WORDS[one]}`);
  return parts.length > 1
    ? `${label}は${SAID[value]}。内訳は、${parts.join('、')}です。`
    : `${names(apis)}では、${label}は${SAID[value]}。`;
}

/** 第16条第1項: the three matters are shown at another time for some APIs. */
function readOverLine(
  rules: StepRules,
  step: StepName,
  apis: readonly number[],
  names: (rows: readonly number[]) => string,
): string {
  const { readOver } = ruleFor(rules, step);
  if (readOver === null) return '';
  const reworded = apis.filter((row) => readOver.rows.includes(row));
  const printed = apis.filter((row) => !readOver.rows.includes(row));
  return [
    printed.length > 0 ? `${names(printed)}は「${readOver.from}」明らかにします。` : '',
    reworded.length > 0
      ? `${names(reworded)}は、${formatCitation(readOver.basis)}の読替えにより「${readOver.to}」明らかにします。`
      : '',
  ].join('');
}

function rowBearings(apis: readonly number[], basis: readonly Citation[], quoter: Quoter): Bearing[] {
  return apis
    .map((row): Citation => ({ kind: 'row', row }))
    .filter((citation) => !basis.some((one) => sameCitation(one, citation)))
    .slice(0, 4)
    .map((citation) => ({ quote: quoter.quote(citation), why: '質問に出てきたAPIです。', decisive: false }));
}

/** Up to four APIs by name, more by number: 「項番1〜17」. */
function namesOf(knowledge: Knowledge, rows: readonly number[]): string {
  return rows.length > MOST_NAMED
    ? `項番${ranges(rows)}`
    : rows.map((row) => nameOf(knowledge, row)).join('・');
}

const MOST_NAMED = 4;

/** 自己情報取得（項番4） */
export function nameOf(knowledge: Knowledge, row: number): string {
  const api = knowledge.apis.find((one) => one.row === row);
  return `${api?.name ?? 'API'}（項番${row}）`;
}
