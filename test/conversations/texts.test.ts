/** What people read and keep: comparisons, files, graphs. */
import { describe, expect, it } from 'vitest';
import { createQuoter } from '../../src/answers/quote.ts';
import { comparePlans, comparisonTitle } from '../../src/conversations/compare-plans.ts';
import { mermaidOf } from '../../src/conversations/mermaid.ts';
import { planFor } from '../../src/conversations/plan.ts';
import { comparisonAsText, planAsText } from '../../src/conversations/plan-text.ts';
import { resultOf } from '../../src/conversations/result.ts';
import { resultAsMarkdown, savedFileName } from '../../src/conversations/saved-text.ts';
import { facts, flows, knowledge, rows, rules, terms } from './held.ts';
import { everyWay } from './paths.ts';

const planOf = (...chosen: number[]) => planFor(rules, knowledge, { rows: chosen });
const { quoteKey } = createQuoter(terms);

describe('two choices compared', () => {
  it('differ exactly where value or time of a step differ, for every pair of single APIs', () => {
    for (const a of rows) {
      for (const b of rows) {
        const [before, after] = [planOf(a), planOf(b)];
        const { changes, same } = comparePlans(before, after);
        expect(changes.length + same.length).toBe(9);
        for (const [index, step] of before.steps.entries()) {
          const other = after.steps[index];
          const differs =
            step.value !== other?.value ||
            step.moments.map(({ words }) => words).join() !== other.moments.map(({ words }) => words).join();
          expect(changes.some((one) => one.step === step.step)).toBe(differs);
        }
      }
    }
  });

  it('are named by what is taken out and put in', () => {
    const title = (a: number[], b: number[]) => comparisonTitle(comparePlans(planOf(...a), planOf(...b)));
    expect(title([4, 10], [4])).toBe('項番10を外すと');
    expect(title([4], [4, 10])).toBe('項番10を加えると');
    expect(title([4], [1])).toBe('項番4を外して項番1を加えると');
    expect(title([4], [4])).toBe('同じ選び方です');
  });

  it('say that nothing changes when nothing does', () => {
    expect(comparisonAsText(comparePlans(planOf(4), planOf(5)))).toContain('9つの手続の要否は変わりません');
  });
});

describe('a plan for a person', () => {
  it('says that a notice comes beforehand, and no number of days', () => {
    const text = planAsText(planOf(4), knowledge);
    expect(text).toContain('（第9条「あらかじめ」、項番4）');
    expect(text).not.toMatch(/\d+日前/);
  });

  it('labels the usual order as not of the terms, with its source', () => {
    const text = planAsText(planOf(16), knowledge);
    expect(text).toContain('一般的な流れ［公表資料の写し・要確認］');
    expect(text).toContain('この版の利用規約が定める順ではありません。出所：');
  });
});

describe('a result kept as a file', () => {
  const results = flows.flatMap((flow) =>
    everyWay(flow, facts).flatMap(({ end }) =>
      end.kind === 'outcome' ? [resultOf(end, { rules, knowledge })] : [],
    ),
  );

  it('holds its title, its clauses word for word and its source, for every outcome of every flow', () => {
    for (const result of results) {
      const text = resultAsMarkdown(result, knowledge, '出典の行', quoteKey);
      expect(text.startsWith('# ')).toBe(true);
      expect(text.trimEnd().endsWith('出典の行')).toBe(true);
      if (result.kind === 'plan') {
        for (const step of result.plan.steps)
          if (step.value === 'not_required')
            for (const cite of step.clausesAgainst)
              expect(text).toContain(
                quoteKey(
                  `第${cite.kind === 'provision' ? cite.article : ''}条第${cite.kind === 'provision' ? cite.paragraph : ''}項`,
                ).text,
              );
      }
      expect(savedFileName(result)).toMatch(/^[^/\\]+\.md$/);
    }
  });

  it('records a self-check without a judgement', () => {
    const records = results.filter(({ kind }) => kind === 'record');
    expect(records.length).toBeGreaterThan(0);
    for (const result of records) {
      const text = resultAsMarkdown(result, knowledge, '出典の行', quoteKey);
      expect(text).toContain('判断したものではありません');
      expect(text.includes('担当者による判断が必要です')).toBe(result.handOver);
      expect(text).not.toMatch(/適格|合格|問題ありません/);
    }
  });
});

describe('the graph of a flow', () => {
  it.each(flows.map((flow) => [flow.id, flow] as const))(
    '%s has every step, outcome and route',
    (_id, flow) => {
      const graph = mermaidOf(flow);
      const routes = [...flow.steps.values()].reduce((sum, { next }) => sum + next.length, 0);
      expect(graph.split('\n')[0]).toBe('flowchart TD');
      expect(graph.match(/-->/g)).toHaveLength(routes + 1);
      for (const { question } of flow.steps.values()) expect(graph).toContain(question);
      for (const { title } of flow.outcomes.values()) expect(graph).toContain(title);
    },
  );
});
