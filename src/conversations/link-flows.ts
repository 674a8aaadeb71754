/** Joins flow files with their wording and follows targets into other flows, so that a Flow is whole in itself. */
import type { YamlFile } from '../knowledge/yaml-file.ts';
import type { Flow, Outcome, Step } from './flow.ts';
import type { FileOutcome, FileStep, FlowFile, WordingFile } from './flow-file.ts';

export interface FlowSource {
  readonly file: YamlFile<FlowFile>;
  readonly wording: YamlFile<WordingFile>;
}

/**
 * Call it on sources that `checkFlows` found no fault in. A target like `which-steps/plan` brings in the steps
 * and outcomes reached from there under their own ids, so that back and change work across the border. In menu order.
 */
export function linkFlows(sources: readonly FlowSource[]): Flow[] {
  return sources
    .toSorted((a, b) => a.wording.value.order - b.wording.value.order)
    .map((source) => linkFlow(source, sources));
}

function linkFlow(home: FlowSource, sources: readonly FlowSource[]): Flow {
  const steps = new Map<string, Step>();
  const outcomes = new Map<string, Outcome>();
  for (const { source, id } of nodesReached(home, sources)) {
    const { file, wording } = source;
    const step = file.value.steps[id];
    const outcome = file.value.outcomes[id];
    if (step) steps.set(id, linkStep(id, step, wording.value));
    if (outcome) outcomes.set(id, linkOutcome(id, outcome, wording.value));
  }
  const { title, summary } = home.wording.value;
  return { id: home.file.value.flow, title, summary, start: home.file.value.start, steps, outcomes };
}

/** A step or outcome with the flow it is written in. */
export interface Node {
  readonly source: FlowSource;
  readonly id: string;
}

/** Own nodes first, then those of other flows that routes lead to. Unknown targets are left out. */
export function nodesReached(home: FlowSource, sources: readonly FlowSource[]): Node[] {
  const own = [...Object.keys(home.file.value.steps), ...Object.keys(home.file.value.outcomes)];
  const found: Node[] = own.map((id) => ({ source: home, id }));
  for (const { source, id } of found) {
    for (const { to } of source.file.value.steps[id]?.next ?? []) {
      const node = nodeAt(to, source, sources);
      if (node !== null && !found.some((one) => one.source === node.source && one.id === node.id))
        found.push(node);
    }
  }
  return found;
}

/** Where a target leads; null when there is no such flow, step or outcome. */
export function nodeAt(to: string, from: FlowSource, sources: readonly FlowSource[]): Node | null {
  const [first = '', second] = to.split('/');
  const source = second === undefined ? from : sources.find(({ file }) => file.value.flow === first);
  const id = second ?? first;
  if (source === undefined) return null;
  const { steps, outcomes } = source.file.value;
  return Object.hasOwn(steps, id) || Object.hasOwn(outcomes, id) ? { source, id } : null;
}

function linkStep(id: string, step: FileStep, wording: WordingFile): Step {
  const words = wording.steps[id];
  const base = {
    id,
    question: words?.question ?? id,
    help: words?.help ?? null,
    cites: step.cites,
    next: step.next.map((route) => ({
      when: route.when,
      to: route.to.split('/').at(-1) ?? route.to,
    })),
  };
  switch (step.kind) {
    case 'apis':
      return { ...base, kind: 'apis', suggest: step.suggest ?? null };
    case 'text':
      return { ...base, kind: 'text' };
    case 'choice': {
      const options = step.options.map((option) => {
        const { label = option, note = null } = words?.options?.[option] ?? {};
        return { id: option, label, note };
      });
      return { ...base, kind: 'choice', options };
    }
  }
}

function linkOutcome(id: string, outcome: FileOutcome, wording: WordingFile): Outcome {
  const { title = id, text = '' } = wording.outcomes[id] ?? {};
  return { ...outcome, id, title, text };
}
