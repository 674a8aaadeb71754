import type { KnownBlock } from '@slack/types';
import type {
  Answer,
  Choose,
  Grounded,
  NoSuchProvision,
  NotSettled,
  OutOfScope,
  QuotedProvision,
  Verdict,
} from '../../answers/answer.ts';
import { headingOf, type QuoteRoom, quoteBlock, shortenedQuote } from './quote.ts';
import { bold, line, rich, words } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

/** How generous a card is; see `answer-card.ts`. */
export interface CardRoom extends QuoteRoom {
  readonly answers: number;
  readonly quotes: number;
  readonly bearing: number;
  readonly notes: number;
  readonly prose: number;
}

const VALUE_WORDS = { required: '必要', not_required: '不要', optional: '任意' } as const;

/** 必要：事前打合せ（別表項番4、5） */
export function verdictWords({ step, apis, value }: Verdict): string {
  return `${VALUE_WORDS[value]}：${step}${apis.length === 0 ? '' : `（別表項番${apis.join('、')}）`}`;
}

/** One answer: the plain answer first, then the wording, its version, and what else has to be known. */
export function answerSections(answer: Answer, version: ShownVersion, room: CardRoom): KnownBlock[] {
  switch (answer.kind) {
    case 'answer':
      return grounded(answer, version, room);
    case 'choose':
      return choose(answer, room);
    case 'not_settled':
      return notSettled(answer, version, room);
    case 'no_such_provision':
      return noSuchProvision(answer, version, room);
    case 'out_of_scope':
      return outOfScope(answer, version, room);
  }
}

function grounded(answer: Grounded, version: ShownVersion, room: CardRoom): KnownBlock[] {
  const heading = answer.verdict === null ? [] : [line(bold(verdictWords(answer.verdict)))];
  return [
    rich(...heading, ...prose([answer.lead, answer.leadEn], room)),
    ...quotes(answer.quotes, room),
    versionLine(version),
    ...bearing(answer, room),
    ...notes(answer.notes, room),
    ...(answer.handover === null
      ? []
      : [rich(line(bold('担当者による判断が必要です')), line(words(answer.handover, room.prose)))]),
  ];
}

function choose(answer: Choose, room: CardRoom): KnownBlock[] {
  return [
    rich(line(bold('どの規定についてのご質問ですか')), ...prose([answer.lead], room)),
    ...answer.choices
      .slice(0, MOST_CHOICES)
      .map(({ quote, summary }) => rich(line(bold(headingOf(quote))), line(words(summary, room.prose)))),
  ];
}

/** Two to four by the rules of the answers; a card stays within its limits whatever comes. */
export const MOST_CHOICES = 4;

function notSettled(answer: NotSettled, version: ShownVersion, room: CardRoom): KnownBlock[] {
  return [
    rich(
      line(bold(`利用規約に定めがありません：${answer.topic}`)),
      ...prose([answer.lead, answer.leadEn], room),
    ),
    ...near(answer.nearest, room),
    versionLine(version),
    ...(answer.outside.length === 0 ? [] : [outsideFacts(answer, room)]),
    ...notes(answer.notes, room),
  ];
}

function outsideFacts({ outside }: NotSettled, room: CardRoom): KnownBlock {
  return rich(line(bold('利用規約の外で分かっていること')), {
    type: 'rich_text_list',
    style: 'bullet',
    elements: outside
      .slice(0, room.notes)
      .map((fact) =>
        line(
          words(`［${fact.label}］`, 60),
          words(fact.text, room.prose),
          words(`\n出所：${fact.source}`, room.prose),
        ),
      ),
  });
}

function noSuchProvision(answer: NoSuchProvision, version: ShownVersion, room: CardRoom): KnownBlock[] {
  return [
    rich(line(bold(`この版に「${answer.asked}」はありません`)), ...prose([answer.lead], room)),
    ...near(answer.nearest, room),
    versionLine(version),
    ...notes(answer.notes, room),
  ];
}

function outOfScope(answer: OutOfScope, version: ShownVersion, room: CardRoom): KnownBlock[] {
  const { scheme } = answer;
  const address = scheme?.address ?? null;
  return [
    rich(
      ...prose([answer.lead, answer.leadEn], room),
      ...(scheme === null ? [] : [line(words(`関係する制度：${scheme.name}`, room.prose))]),
      ...(address !== null && isWebAddress(address) ? [line({ type: 'link', url: address } as const)] : []),
    ),
    ...near(answer.nearest, room),
    ...(answer.nearest.length === 0 ? [] : [versionLine(version)]),
  ];
}

function near(nearest: readonly QuotedProvision[], room: CardRoom): KnownBlock[] {
  return nearest.length === 0
    ? []
    : [rich(line(bold('近い規定'))), ...quotes(nearest, { ...room, quotes: 1 })];
}

function quotes(all: readonly QuotedProvision[], room: CardRoom): KnownBlock[] {
  const rest = all.slice(room.quotes);
  return [
    ...all.slice(0, room.quotes).map((quote) => quoteBlock(quote, room)),
    ...(rest.length === 0 ? [] : [rich(line(words(`ほか：${rest.map(headingOf).join('、')}`, room.prose)))]),
  ];
}

function bearing({ bearing: all }: Grounded, room: CardRoom): KnownBlock[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, room.bearing);
  const decisive = shown.filter((one) => one.decisive);
  const named = shown.filter((one) => !one.decisive);
  const rest = all.slice(room.bearing);
  return [
    ...decisive.map(({ quote, why }) =>
      rich(
        line(bold(headingOf(quote))),
        line(words(why, room.prose)),
        ...shortenedQuote(quote.text, room.characters),
      ),
    ),
    ...(named.length === 0
      ? []
      : [
          rich(line(bold('あわせて関係する規定')), {
            type: 'rich_text_list',
            style: 'bullet',
            elements: named.map(({ quote, why }) => line(words(`${headingOf(quote)}　${why}`, room.prose))),
          }),
        ]),
    ...(rest.length === 0
      ? []
      : [rich(line(words(`ほか：${rest.map(({ quote }) => quote.label).join('、')}`, room.prose)))]),
  ];
}

function notes(all: readonly string[], room: CardRoom): KnownBlock[] {
  if (all.length === 0) return [];
  return [
    rich(line(bold('ご注意')), {
      type: 'rich_text_list',
      style: 'bullet',
      elements: all.slice(0, room.notes).map((note) => line(words(note, room.prose))),
    }),
  ];
}

function prose(texts: readonly (string | null)[], room: CardRoom) {
  return texts.flatMap((text) =>
    text === null || text.trim() === '' ? [] : [line(words(text, room.prose))],
  );
}

function isWebAddress(address: string): boolean {
  return address.length <= 1_000 && /^https?:\/\/[^\s<>|"\\]+$/.test(address) && URL.canParse(address);
}
