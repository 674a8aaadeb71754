/** Modals of a conversation that are submitted: the answer to Slack is the next screen, or what is wrong. */
import type { ViewResponseAction } from '@slack/bolt';
import { readApiName } from '../../conversations/api-names.ts';
import { comparePlans } from '../../conversations/compare-plans.ts';
import type { Response, Step } from '../../conversations/flow.ts';
import { planFor } from '../../conversations/plan.ts';
import { apisProblem, responseProblem } from '../../conversations/replay.ts';
import { chosenIn, type EnteredState, textIn, type ViewSubmission } from '../conversation-payloads.ts';
import { findConversation, flowOf, refreshCard, screenOf, takeEvent } from '../converse.ts';
import type { Call, Edge } from '../edge.ts';
import { ABSENT_BLOCK, API_BLOCK } from '../views/api-choice.ts';
import { compareModal } from '../views/compare-view.ts';
import { noticeModal } from '../views/modals.ts';
import { CONVERSATION_GONE_TEXT, NO_RESULT_TEXT, NOT_YOUR_CONVERSATION_TEXT } from '../views/notices.ts';
import { ANSWER_BLOCK, flowModal } from '../views/step-view.ts';

/** 次へ. */
export async function submitStep(
  edge: Edge,
  call: Call,
  { user, view }: ViewSubmission,
): Promise<ViewResponseAction> {
  const [id = '', version, stepId = ''] = view.private_metadata.split(':');
  const found = await findConversation(edge, call.teamId, id);
  const step = found === null ? undefined : flowOf(edge, found.flow)?.steps.get(stepId);
  if (found === null || step === undefined) return update(noticeModal(CONVERSATION_GONE_TEXT));
  if (found.threadTs === null && found.userId !== user.id)
    return update(noticeModal(NOT_YOUR_CONVERSATION_TEXT));
  const read = responseIn(view.state.values, step, edge);
  const problem = read.problem ?? responseProblem(step, read.response, edge.guiding.facts);
  if (problem !== null) return errors(view.state.values, step, problem, read.block);
  const event = { kind: 'answered', step: stepId, response: read.response } as const;
  const { conversation, refusal } = await takeEvent(edge, call, found, Number(version), event, user.id);
  if (refusal === null) await refreshCard(edge, call, conversation);
  return update(flowModal(screenOf(edge, conversation, 'modal', { notice: refusal })));
}

/** 比べる. */
export async function submitComparison(
  edge: Edge,
  call: Call,
  { view }: ViewSubmission,
): Promise<ViewResponseAction> {
  const { guiding } = edge;
  const found = await findConversation(edge, call.teamId, view.private_metadata);
  const result = found === null ? null : screenOf(edge, found, 'modal').result;
  if (result?.kind !== 'plan') return update(noticeModal(NO_RESULT_TEXT));
  const rows = chosenIn(view.state.values, API_BLOCK).map(Number);
  const problem = apisProblem({ rows, absent: [] }, guiding.facts.rows);
  if (problem !== null) return { response_action: 'errors', errors: { [API_BLOCK]: problem } };
  const other = planFor(guiding.facts.rules, guiding.knowledge, { rows });
  const comparison = comparePlans(result.plan, other);
  return update(compareModal(view.private_metadata, result.plan, rows, comparison, guiding, edge.version));
}

interface Read {
  readonly response: Response;
  readonly problem: string | null;
  /** The input the problem belongs to. */
  readonly block: string;
}

function responseIn(values: EnteredState, { kind }: Step, edge: Edge): Read {
  switch (kind) {
    case 'choice':
      return {
        response: { kind, option: chosenIn(values, ANSWER_BLOCK)[0] ?? '' },
        problem: null,
        block: ANSWER_BLOCK,
      };
    case 'text':
      return {
        response: { kind, text: textIn(values, ANSWER_BLOCK).trim() },
        problem: null,
        block: ANSWER_BLOCK,
      };
    case 'apis':
      return apisIn(values, edge);
  }
}

/** Ticked APIs, and names typed: a name that is an API of the 別表 counts as ticked, any other is kept as typed. */
function apisIn(values: EnteredState, { guiding }: Edge): Read {
  const typed = textIn(values, ABSENT_BLOCK)
    .split(/[,、，\n]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => readApiName(guiding.knowledge, name));
  const ticked = chosenIn(values, API_BLOCK).map(Number);
  const named = typed.flatMap((one) => (one.kind === 'row' ? [one.row] : []));
  const absent = typed.flatMap((one) => (one.kind === 'absent' ? [one.name] : []));
  const unclear = typed.find((one) => one.kind === 'ambiguous');
  return {
    response: { kind: 'apis', rows: [...new Set([...ticked, ...named])], absent: [...new Set(absent)] },
    problem: unclear === undefined ? null : `「${unclear.name}」は一つに決まりません。${unclear.note}`,
    block: unclear === undefined ? API_BLOCK : ABSENT_BLOCK,
  };
}

function update(view: ReturnType<typeof noticeModal>): ViewResponseAction {
  return { response_action: 'update', view };
}

/** Slack shows an error at a block that is on the screen: the first of that name. */
function errors(values: EnteredState, { kind }: Step, problem: string, block: string): ViewResponseAction {
  const at = Object.keys(values).find((one) => one.startsWith(kind === 'apis' ? block : ANSWER_BLOCK));
  return { response_action: 'errors', errors: { [at ?? ANSWER_BLOCK]: problem } };
}
