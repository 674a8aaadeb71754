/** The shape of a flow: where its routes lead, and what a condition may ask about at that point. */
import type { YamlFile } from '../knowledge/yaml-file.ts';
import type { Condition, FileStep } from './flow-file.ts';
import { type FlowSource, type Node, nodeAt, nodesReached } from './link-flows.ts';

type Path = readonly PropertyKey[];
/** Takes down a problem at a place of a file. */
export type Report = (file: YamlFile<unknown>, path: Path, message: string) => void;

export function checkGraph(home: FlowSource, sources: readonly FlowSource[], report: Report): void {
  const { steps, outcomes, start } = home.file.value;
  checkIds(home, sources, report);
  for (const [id, step] of Object.entries(steps)) checkRoutes(id, step, home, sources, report);
  if (!Object.hasOwn(steps, start)) {
    report(
      home.file,
      ['start'],
      `start「${start}」という設問がありません（${Object.keys(steps).join('、')}）`,
    );
    return;
  }
  const reached = new Set<string>();
  const circles = new Set<string>();
  walk({ source: home, id: start }, [], sources, (node, before) => {
    reached.add(key(node));
    if (before.some((one) => key(one) === key(node))) {
      circles.add(key(node));
      return false;
    }
    if (node.source === home) checkStep(node.id, before, home, report);
    else checkImported(node, before, home, report);
    return true;
  });
  for (const id of Object.keys(steps)) {
    if (circles.has(key({ source: home, id })))
      report(
        home.file,
        ['steps', id],
        `「${id}」に戻ってくる順路があります（同じ設問を2度通らないようにしてください）`,
      );
  }
  for (const [kind, nodes] of [
    ['steps', steps],
    ['outcomes', outcomes],
  ] as const) {
    for (const id of Object.keys(nodes)) {
      const used = sources.some(
        (other) =>
          other !== home && nodesReached(other, sources).some((one) => one.source === home && one.id === id),
      );
      if (!reached.has(key({ source: home, id })) && !used)
        report(home.file, [kind, id], `「${id}」に着く順路がありません`);
    }
  }
}

function key({ source, id }: Node): string {
  return `${source.file.value.flow}/${id}`;
}

/** Visits every node on every path, conditions left aside; `visit` answers whether to go on from there. */
function walk(
  node: Node,
  before: readonly Node[],
  sources: readonly FlowSource[],
  visit: (node: Node, before: readonly Node[]) => boolean,
): void {
  if (!visit(node, before)) return;
  const step = node.source.file.value.steps[node.id];
  const targets = new Set((step?.next ?? []).map(({ to }) => to));
  for (const to of targets) {
    const next = nodeAt(to, node.source, sources);
    if (next !== null) walk(next, [...before, node], sources, visit);
  }
}

/** Ids are one namespace across the flows that are joined, because answers are kept by id. */
function checkIds(home: FlowSource, sources: readonly FlowSource[], report: Report): void {
  const { steps, outcomes } = home.file.value;
  const ids = [...Object.keys(steps), ...Object.keys(outcomes)];
  for (const id of Object.keys(outcomes).filter((one) => Object.hasOwn(steps, one)))
    report(home.file, ['outcomes', id], `「${id}」という設問もあります（idは1つの案内で1度だけ使えます）`);
  for (const { source, id } of nodesReached(home, sources)) {
    if (source !== home && ids.includes(id))
      report(
        home.file,
        ['steps', id],
        `「${id}」は、続けて使う案内「${source.file.value.flow}」にもあります`,
      );
  }
}

function checkRoutes(
  id: string,
  { next }: FileStep,
  home: FlowSource,
  sources: readonly FlowSource[],
  report: Report,
): void {
  next.forEach((route, index) => {
    const path = ['steps', id, 'next', index];
    if (nodeAt(route.to, home, sources) === null)
      report(home.file, path, `行き先「${route.to}」という設問も結果もありません`);
    const last = index === next.length - 1;
    const conditional = route.when !== null;
    if (last && conditional)
      report(home.file, path, '行き止まりになり得ます。最後の行き先には when を付けないでください');
    if (!last && !conditional) report(home.file, path, 'when のない行き先より後の行き先には進めません');
  });
}

/** `before`: the nodes on one path to this step or outcome. */
function checkStep(id: string, before: readonly Node[], home: FlowSource, report: Report): void {
  const step = home.file.value.steps[id];
  const answered = new Map<string, FileStep | undefined>(
    [...before, { source: home, id }].map((one) => [one.id, one.source.file.value.steps[one.id]]),
  );
  step?.next.forEach((route, index) => {
    if (route.when === null) return;
    const problem = conditionProblem(route.when, answered);
    if (problem !== null) report(home.file, ['steps', id, 'next', index, 'when'], problem);
  });
  if (step?.kind === 'apis' && step.suggest !== undefined && answered.get(step.suggest)?.kind !== 'text')
    report(
      home.file,
      ['steps', id, 'suggest'],
      `「${step.suggest}」は、ここより前にある text の設問ではありません`,
    );
  checkOutcome(id, answered, home, ['outcomes', id], report);
}

/** Steps and outcomes of another flow lean on answers that this flow has to give. */
function checkImported(node: Node, before: readonly Node[], home: FlowSource, report: Report): void {
  const answered = new Map<string, FileStep | undefined>(
    before.map((one) => [one.id, one.source.file.value.steps[one.id]]),
  );
  checkOutcome(node.id, answered, node.source, ['start'], (_file, _path, message) =>
    report(home.file, ['start'], `続けて使う「${key(node)}」：${message}`),
  );
}

function checkOutcome(
  id: string,
  answered: ReadonlyMap<string, FileStep | undefined>,
  source: FlowSource,
  path: Path,
  report: Report,
): void {
  const outcome = source.file.value.outcomes[id];
  if (outcome === undefined || outcome.shows === 'provisions') return;
  if (answered.get(outcome.apis)?.kind !== 'apis')
    report(
      source.file,
      [...path, 'apis'],
      `「${outcome.apis}」は、ここより前にある apis の設問ではありません`,
    );
  if (outcome.shows === 'plan') {
    if (source.file.value.steps[outcome.production]?.kind !== 'choice')
      report(
        source.file,
        [...path, 'production'],
        `「${outcome.production}」という choice の設問がありません`,
      );
    return;
  }
  outcome.of.forEach((asked, index) => {
    const step = answered.get(asked);
    if (step?.kind !== 'choice')
      report(
        source.file,
        [...path, 'of', index],
        `「${asked}」は、ここより前にある choice の設問ではありません`,
      );
    else if (!outcome.handOverWhen.some((option) => step.options.includes(option)))
      report(source.file, [...path, 'handOverWhen'], `「${asked}」に、担当者に引き継ぐ選択肢がありません`);
  });
}

function conditionProblem(
  condition: Condition,
  answered: ReadonlyMap<string, FileStep | undefined>,
): string | null {
  if ('applies' in condition) {
    const { apis } = condition.applies;
    return answered.get(apis)?.kind === 'apis'
      ? null
      : `「${apis}」は、ここまでに必ず答える apis の設問ではありません`;
  }
  const { answer } = condition;
  const step = answered.get(answer.step);
  if (step?.kind !== 'choice')
    return `「${answer.step}」は、ここまでに必ず答える choice の設問ではありません`;
  const options = 'is' in answer ? [answer.is] : answer.in;
  const unknown = options.find((option) => !step.options.includes(option));
  return unknown === undefined ? null : `「${answer.step}」に選択肢「${unknown}」はありません`;
}
