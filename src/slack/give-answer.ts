import type { Answer } from '../answers/answer.ts';
import type { Reply } from '../answers/answerer.ts';
import type { Turn } from '../answers/follow-up.ts';
import type { GivenAnswer } from '../store/answer-store.ts';
import type { Call, Edge } from './edge.ts';
import { answerMetadata, findPosted, type Place } from './find-posted.ts';
import { hasOffice } from './inquiry-desk.ts';
import { answerCard, type CardContent } from './views/answer-card.ts';

const REMEMBERED_TURNS = 3;

/** Who asked what, and where the answer is to stand; `place` null where only the asker sees it. */
export interface Asked {
  readonly userId: string;
  readonly text: string;
  readonly place: Place | null;
}

/** Keeps an answer before it is shown, so that a second attempt at the same delivery finds it. */
export function keepAnswer(
  edge: Edge,
  call: Call,
  { userId, text, place }: Asked,
  answers: readonly Answer[],
): Promise<GivenAnswer> {
  return edge.answers.keep({
    id: edge.newId(),
    teamId: call.teamId,
    sourceKey: call.key,
    channel: place?.channel ?? null,
    threadTs: place?.threadTs ?? null,
    messageTs: null,
    userId,
    question: text,
    answers,
    versionId: edge.version.id,
    askedAt: edge.now(),
  });
}

/**
 * Posts the answer in its place, once: on a later attempt Slack is asked first whether it stands there
 * already. Throws what Slack's refusals throw.
 */
export async function postAnswer(edge: Edge, call: Call, asked: Asked & { place: Place }, reply: Reply) {
  const { place } = asked;
  const given = await keepAnswer(edge, call, asked, reply.answers);
  if (given.messageTs !== null) return;
  const standing =
    call.attempt > 1 ? await findPosted(call.client, place, answerMetadata(given.id), given.askedAt) : null;
  const ts =
    standing ?? (await edge.posts.post(message(place, cardOf(edge, given, { truncated: reply.truncated }))));
  await edge.answers.posted(call.teamId, given.id, ts);
}

/** What was asked and answered before in this thread, or at the top of this direct message; `before` a moment. */
export async function earlierTurns(
  edge: Edge,
  teamId: string,
  place: Place,
  before?: number,
): Promise<Turn[]> {
  const { channel, threadTs } = place;
  const given = await edge.answers.latestIn(teamId, channel, threadTs, REMEMBERED_TURNS, before);
  return given.map(({ question, answers }) => ({ question, answers }));
}

/** The content of a card for an answer that was kept; everything optional is off unless asked for. */
export function cardOf(edge: Edge, given: GivenAnswer, more: Partial<CardContent> = {}): CardContent {
  return {
    id: given.id,
    answers: given.answers,
    version: edge.version,
    truncated: false,
    shareable: false,
    preface: null,
    sharedBy: null,
    feedback: true,
    office: hasOffice(edge),
    ...more,
  };
}

function message({ channel, threadTs }: Place, content: CardContent) {
  return {
    channel,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...answerCard(content),
    metadata: answerMetadata(content.id),
    unfurl_links: false,
    unfurl_media: false,
  };
}
