import type { Call, Edge } from '../edge.ts';
import { earlierTurns } from '../give-answer.ts';
import { actorOf, mayAskAbout } from '../inquiry-desk.ts';
import { over } from '../over.ts';
import type { ButtonPress } from '../payloads.ts';
import { ANSWER_GONE_TEXT } from '../views/notices.ts';
import { whyAnswerModal } from '../views/why-answer.ts';
import { whisper } from '../whisper.ts';

/**
 * なぜこの条文？: one line for whoever reads the answer, every step for the office. Worked out anew from the question
 * and what stood in its thread before, so that nothing has to be kept for it.
 */
export async function whyAnswer(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const given = await edge.answers.find(call.teamId, press.actions[0].value.slice(0, 64));
  if (given === null) return whisper(call, press, ANSWER_GONE_TEXT);
  const actor = await actorOf(edge, press.user.id);
  if (!actor.staff && !(await mayAskAbout(edge, call, given, press.user.id))) {
    return whisper(call, press, ANSWER_GONE_TEXT);
  }
  const place = given.channel === null ? null : { channel: given.channel, threadTs: given.threadTs };
  const earlier = place === null ? [] : await earlierTurns(edge, call.teamId, place, given.askedAt);
  const trace = edge.answering.explain(given.question, earlier);
  if (actor.staff) return over(call, press, whyAnswerModal(trace, given, edge.version));
  await whisper(call, press, trace.line);
}
