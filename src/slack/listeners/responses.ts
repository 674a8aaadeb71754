import type { GivenAnswer } from '../../store/answer-store.ts';
import type { FeedbackVerdict } from '../../store/feedback-store.ts';
import type { Call, Edge } from '../edge.ts';
import { cardOf, keepAnswer } from '../give-answer.ts';
import type { ButtonPress } from '../payloads.ts';
import { answerCard } from '../views/answer-card.ts';
import { answerModal, feedbackModal } from '../views/modals.ts';
import {
  ALREADY_SHARED_TEXT,
  ANSWER_GONE_TEXT,
  FEEDBACK_TEXT,
  NOT_YOURS_TEXT,
  SHARED_TEXT,
} from '../views/notices.ts';
import { headingOf } from '../views/quote.ts';
import { whisper } from '../whisper.ts';

/** 役に立った. */
export function sayHelpful(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  return takeFeedback(edge, call, press, 'helpful');
}

/** 違う. */
export function sayWrong(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  return takeFeedback(edge, call, press, 'wrong');
}

/** この回答を共有: the asker's private answer goes to the channel, once, with who shared it. */
export async function share(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const given = await edge.answers.find(call.teamId, press.actions[0].value);
  if (given === null) return whisper(call, press, ANSWER_GONE_TEXT);
  if (given.userId !== press.user.id) return whisper(call, press, NOT_YOURS_TEXT);
  if (!(await edge.answers.claimShare(call.teamId, given.id, edge.now()))) {
    return whisper(call, press, ALREADY_SHARED_TEXT);
  }
  const preface = `質問：${given.question}`;
  const card = answerCard(cardOf(edge, given, { sharedBy: press.user.id, preface }));
  try {
    await call.respond({ response_type: 'in_channel', replace_original: false, ...card });
  } catch (error) {
    await edge.answers.releaseShare(call.teamId, given.id);
    throw error;
  }
  await whisper(call, press, SHARED_TEXT);
}

/** A candidate was chosen: its provision takes the place of the question back. */
export async function choose(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const [id = '', answerIndex, choiceIndex] = press.actions[0].value.split(':');
  const given = await edge.answers.find(call.teamId, id);
  const asked = given?.answers[Number(answerIndex)];
  const choice = asked?.kind === 'choose' ? asked.choices[Number(choiceIndex)] : undefined;
  if (given === null || choice === undefined) return whisper(call, press, ANSWER_GONE_TEXT);
  const answers = given.answers.map((answer) =>
    answer === asked ? edge.answering.provision(choice.quote.label) : answer,
  );
  const kept = await keepChosen(edge, call, press, given, answers);
  const preface = `選ばれた規定：${headingOf(choice.quote)}`;
  const content = cardOf(edge, kept, { preface, shareable: press.container.is_ephemeral });
  if (press.view !== undefined) {
    await call.client.views.update({ view_id: press.view.id, view: answerModal(content) });
    return;
  }
  await call.respond({ replace_original: true, ...answerCard(content) });
}

async function keepChosen(
  edge: Edge,
  call: Call,
  press: ButtonPress,
  { question, channel, threadTs, messageTs }: GivenAnswer,
  answers: GivenAnswer['answers'],
): Promise<GivenAnswer> {
  const place = channel === null ? null : { channel, threadTs };
  const kept = await keepAnswer(edge, call, { userId: press.user.id, text: question, place }, answers);
  if (messageTs !== null) await edge.answers.posted(call.teamId, kept.id, messageTs);
  return kept;
}

async function takeFeedback(
  edge: Edge,
  call: Call,
  press: ButtonPress,
  verdict: FeedbackVerdict,
): Promise<void> {
  const given = await edge.answers.find(call.teamId, press.actions[0].value);
  if (given === null) return whisper(call, press, ANSWER_GONE_TEXT);
  const { teamId, id: answerId } = given;
  await edge.feedback.add({ teamId, answerId, userId: press.user.id, verdict, givenAt: edge.now() });
  if (press.view === undefined) return whisper(call, press, FEEDBACK_TEXT[verdict]);
  await call.client.views.update({
    view_id: press.view.id,
    view: feedbackModal(cardOf(edge, given), FEEDBACK_TEXT[verdict]),
  });
}
