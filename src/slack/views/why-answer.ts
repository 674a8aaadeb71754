/** なぜこの条文？ for the office: what was read, what came near, what decided. */
import type { KnownBlock, ModalView } from '@slack/types';
import { candidateLine, decidedBy, type Trace } from '../../answers/reasons.ts';
import type { GivenAnswer } from '../../store/answer-store.ts';
import { VIEWS } from './action-ids.ts';
import { answerInBrief } from './answer-brief.ts';
import { bold, line, plain, rich, words } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

const MOST_OUTCOMES = 4;
const MOST_REASONS = 6;

/** `given`: as it was answered then; the knowledge may have changed since. */
export function whyAnswerModal(trace: Trace, given: GivenAnswer, version: ShownVersion): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.whyAnswer,
    title: plain('なぜこの条文？', 24),
    close: plain('閉じる', 24),
    blocks: [
      rich(
        line(bold('質問')),
        { type: 'rich_text_quote', elements: [words(trace.asked, 1_000)] },
        line(words(trace.line, 1_000)),
      ),
      ...outcomeBlocks(trace),
      rich(line(bold('読み取ったもの')), facts(trace.recognised)),
      ...(trace.lent === null ? [] : [rich(line(bold('スレッドの前の質問で補ったあと')), facts(trace.lent))]),
      rich(line(bold('候補（点の高い順）')), {
        type: 'rich_text_list',
        style: 'ordered',
        elements: trace.candidates.map((candidate) => line(words(candidateLine(candidate), 400))),
      }),
      ...(given.versionId === version.id ? [] : [changed(given)]),
      versionLine(version),
    ].map(withoutEmptyLists),
  };
}

function outcomeBlocks({ outcomes }: Trace): KnownBlock[] {
  return outcomes.slice(0, MOST_OUTCOMES).map((outcome) =>
    rich(
      line(bold(`${outcome.of}　←　${decidedBy(outcome)}`)),
      ...outcome.reasons
        .slice(0, MOST_REASONS)
        // Of a paraphrase the candidate below says the same.
        .flatMap(({ kind, line: said, detail }) => [
          line(words(said, 400)),
          ...(kind === 'ask' ? [] : [line(words(detail, 400))]),
        ]),
    ),
  );
}

function facts(found: Trace['recognised']) {
  return {
    type: 'rich_text_list' as const,
    style: 'bullet' as const,
    elements: (found.length === 0 ? [{ name: '番号・API・手続・用語', found: 'なし' }] : found).map((fact) =>
      line(words(`${fact.name}：${fact.found}`, 300)),
    ),
  };
}

function changed(given: GivenAnswer): KnownBlock {
  return {
    type: 'context',
    elements: [
      plain(
        `回答したのは別の版（${given.versionId}）です。そのときの回答：${answerInBrief(given.answers)}`,
        900,
      ),
    ],
  };
}

/** Slack refuses a list without entries. */
function withoutEmptyLists(block: KnownBlock): KnownBlock {
  if (block.type !== 'rich_text') return block;
  return rich(...block.elements.filter((part) => part.type !== 'rich_text_list' || part.elements.length > 0));
}
