import { type Citation, formatCitation, isWithin, parseCanonical } from '../terms/citation.ts';
import type { Answer, Grounded, Reason } from './answer.ts';
import type { DecisionParts } from './decision.ts';
import { isRow } from './leaning.ts';
import { foldText } from './question.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';

/** Parts of a provision that only some provisions have, and the wording that shows it. */
const PARTS_OF_A_PROVISION = [
  { asked: /ただし書|但し?書/, shownBy: /ただし|但し/, name: 'ただし書' },
  { asked: /附則|付則/, shownBy: /附則/, name: '附則' },
];
/** What may surround a number when nothing but the provision itself is wanted. */
const SHOW_IT =
  /について|に関して|の件|の?(条文|内容|全文|本文|規定|原文|要約|概要)|を?(見せて|表示|教えて|ください|下さい|見たい|出して|確認したい|読みたい|お願いします)|って(何|なに|どんな)|とは|には?何(が|て)書いて(ある|あります)か?|(は|って)どんな(内容|規定|条文)|show|text of|what is|please|[のとをはに、。?!「」&\s]/gu;
const LEFT_OVER = 2;
/** So much beside the number and the part asks something of its own. */
const LEAST_ASKED = 8;
/** Another provision this much nearer than the one cited is what the question is about. */
const FAR_NEARER = 1.5;
/** The same in likeness, where nothing in the cited one is like the question. */
const SURE_ELSEWHERE = 0.5;
/** A part of the cited provision has to come this much nearer to be quoted in its place. */
const NEARER_PART = 1.3;
/** A gap this much like the question beside a number wins over the provision named. */
const GAP_BESIDE_NUMBER = 0.35;

/** A number that this version does not have: 第20条, 第11条第5項, 項番18. */
export function byAbsentCitation({ citations }: Reading, { composer }: DecisionParts): Answer | null {
  const absent = citations.find(({ result }) => result.kind === 'absent');
  if (absent?.result.kind !== 'absent') return null;
  return composer.absent(absent.result, [
    {
      kind: 'citation',
      line: `「${absent.surface.trim()}」という条番号が書かれていました。`,
      detail: absent.result.explanation,
    },
  ]);
}

/** A part that the cited provision does not have, and hardly more is asked: 「第13条ただし書」. */
export function byAbsentPart(reading: Reading, parts: DecisionParts): Answer | null {
  const absent = absentPart(reading, parts);
  if (absent === null || asksMore(reading)) return null;
  const { label, name, cited } = absent;
  return parts.composer.absent(
    {
      kind: 'absent',
      asked: `${label}${name}`,
      nearest: cited,
      explanation: `${label}に${name}はありません`,
    },
    [citationReason(reading)],
  );
}

/** 「8条ただし書の軽微な変更に当たるから、申請は要らないよね」: what answers says first that there is no such part. */
export function withAbsentPart(answer: Answer, reading: Reading, parts: DecisionParts): Answer {
  const absent =
    answer.kind === 'answer' || answer.kind === 'not_settled' ? absentPart(reading, parts) : null;
  return absent === null
    ? answer
    : { ...answer, lead: `${absent.label}に${absent.name}はありません。${answer.lead}` };
}

function absentPart(reading: Reading, { quoter }: DecisionParts) {
  const [cited] = foundCitations(reading);
  const part = PARTS_OF_A_PROVISION.find(({ asked }) => asked.test(reading.question.dense));
  if (!cited || !part) return null;
  const isHeld = quoter
    .quoteWhole(cited)
    .some(({ text, items }) => part.shownBy.test(text) || items.some((item) => part.shownBy.test(item.text)));
  return isHeld ? null : { label: formatCitation(cited), name: part.name, cited };
}

function asksMore({ uncited }: Reading): boolean {
  const rest = PARTS_OF_A_PROVISION.reduce((text, { asked }) => text.replace(asked, ''), uncited);
  return rest.replace(SHOW_IT, '').length >= LEAST_ASKED;
}

/** The question is a provision's number and hardly more: 「第11条2項」「3条を見せて」. */
export function byLoneCitation(reading: Reading, { composer, quoter }: DecisionParts): Answer | null {
  const cited = foundCitations(reading);
  const rest = reading.uncited.replace(SHOW_IT, '');
  // 「第6条第1項の承諾って何？」: two letters may be a word of their own.
  if (rest.length > LEFT_OVER || /\p{Script=Han}/u.test(rest)) return null;
  const [first, ...others] = cited.flatMap((citation) =>
    quoter.quoteWhole(citation).map(({ label }) => label),
  );
  return first === undefined
    ? null
    : composer.provisions([first, ...new Set(others)], [citationReason(reading)]);
}

/** A provision is named by number and something is asked about it. */
export function byCitation(
  reading: Reading,
  ranked: readonly RankedClass[],
  { composer, quoter }: DecisionParts,
): Grounded | null {
  const cited = foundCitations(reading).filter(({ kind }) => kind === 'provision');
  const sought = placeSought(reading);
  const lead = sought ?? cited[0];
  if (!lead) return null;
  const [top] = ranked;
  if (top?.kind === 'gap' && (top.ask?.similarity ?? 0) >= GAP_BESIDE_NUMBER) return null;
  const provisions = ranked.filter(({ kind, key }) => kind === 'provision' && !isRow(key));
  const itself = provisions.find(({ key }) => key === formatCitation(lead));
  const part = provisions.find(({ key }) => isPartOf(key, lead) && !(sought && key === itself?.key));
  const isWhole = itself && part && !sought && part.score < itself.score * NEARER_PART;
  const within = isWhole ? itself : part;
  const outside = provisions[0];
  const elsewhere = outside && !sought && isElsewhere(outside, within) ? [outside.key] : [];
  const shown = [
    ...[...elsewhere, within?.key ?? formatCitation(lead)].map((key) => itemSought(key, reading, provisions)),
    ...cited.map(formatCitation),
  ].flatMap((key) => {
    const citation = parseCanonical(key);
    return citation ? quoter.quoteWhole(citation).map(({ label }) => label) : [];
  });
  const [first, ...others] = new Set(shown);
  return composer.provisions(
    [first ?? formatCitation(lead), ...others.slice(0, 3)],
    [citationReason(reading)],
  );
}

/** 「企画書の承認は第5条に書いてあるよね」: what is asked about stands in another provision than the one cited. */
function isElsewhere(outside: RankedClass, within: RankedClass | undefined): boolean {
  return within === undefined
    ? (outside.ask?.similarity ?? 0) >= SURE_ELSEWHERE
    : outside.score > within.score * FAR_NEARER;
}

/** 「予告なしの停止は11条何項の何号？」: the provision within which the place is asked for. */
function placeSought({ citations, question }: Reading): Citation | undefined {
  return citations.flatMap(({ result, surface }) => {
    if (result.kind !== 'found' || result.citation.kind !== 'provision') return [];
    const before = foldText(surface);
    const at = question.plain.indexOf(before);
    return at >= 0 && PLACE_SOUGHT.test(question.plain.slice(at + before.length)) ? [result.citation] : [];
  })[0];
}

const PLACE_SOUGHT = /^の?(?:第?何|どの|いずれの|どれ)(?:項|号)/u;
const ITEM_SOUGHT = /(?:第?何|どの|いずれの|根拠の|となる|該当の|該当する|当たる|あたる)号|号まで/u;

/** Of a provision the 号 that comes nearest, where a 号 is asked for: 「止められる？ 根拠の号まで」. */
export function itemSought(key: string, { question }: Reading, ranked: readonly RankedClass[]): string {
  const whole = ITEM_SOUGHT.test(question.dense) ? parseCanonical(key) : null;
  if (whole === null) return key;
  return (
    ranked.find((one) => one.key !== key && one.key.endsWith('号') && isPartOf(one.key, whole))?.key ?? key
  );
}

export function foundCitations({ citations }: Reading): Citation[] {
  return citations.flatMap(({ result }) => (result.kind === 'found' ? [result.citation] : []));
}

function isPartOf(key: string, whole: Citation): boolean {
  const citation = parseCanonical(key);
  return citation !== null && isWithin(citation, whole);
}

function citationReason({ citations }: Reading): Reason {
  const surfaces = [...new Set(citations.map(({ surface }) => surface.trim()))].join('、');
  return { kind: 'citation', line: `条番号「${surfaces}」が書かれていました。`, detail: surfaces };
}
