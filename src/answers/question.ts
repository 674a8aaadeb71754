import type { PhrasingKnowledge } from '../knowledge/schema.ts';
import { toHiragana } from '../search/characters.ts';
import { fromRomaji } from '../search/romaji.ts';
import { askedOnly, introduces } from './courtesy.ts';

/** Longest question that is read; what follows is left out and the person is told. */
export const LONGEST_QUESTION = 4_000;

/** What a person typed, made safe and comparable; `shown` is fit for display, `plain` for matching. */
export interface Question {
  /** As typed, without Slack's markup, control characters and half surrogates. */
  readonly shown: string;
  /** NFKC, lower case, white space single; romaji turned into kana. */
  readonly plain: string;
  /** `plain` without spaces: what fragments are looked for in. */
  readonly dense: string;
  readonly language: 'ja' | 'en';
  readonly truncated: boolean;
}

/**
 * Slack mrkdwn and hostile text → a question. Mentions, channel calls, links' addresses, code fences' marks
 * and emoji codes go; a sentence that gives orders to the machine goes when another one remains.
 */
export function readQuestion(typed: string, phrasing: PhrasingKnowledge): Question {
  const truncated = typed.length > LONGEST_QUESTION;
  const bounded = typed.slice(0, LONGEST_QUESTION).toWellFormed().replaceAll('\uFFFD', ' ');
  const shown = withoutOrders(withoutMarkup(bounded), phrasing.injection);
  const asked = askedOnly(shown.normalize('NFKC').replace(HTML_TAG, ' '), phrasing.courtesy);
  const folded = asked.replace(/\s+/gu, ' ').trim();
  const plain = foldText(fromRomaji(folded) ?? folded).replace(LET_ME_KNOW, '教えて');
  return { shown, plain, dense: plain.replaceAll(' ', ''), language: languageOf(plain), truncated };
}

/** 「お知らせください」 names no API. */
const LET_ME_KNOW = /お知らせ(?=ください|下さい|くださ|願|ねが|いただ|頂|もら)/gu;

/** A script with what it holds, any other tag alone. */
const HTML_TAG = /<(script|style)\b[^<>]{0,60}>[^<]{0,500}<\/\1>|<\/?[a-z][^<>]{0,60}>/gi;

/** NFKC, lower case, white space single: how texts are compared. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** True when nothing is left that could be a question: empty, punctuation, emoji only, program code. */
export function isBlank({ plain }: Question): boolean {
  return !/[\p{L}\p{N}]/u.test(plain) || (plain.match(CODE_MARKS)?.length ?? 0) >= MOST_CODE_MARKS;
}

const CODE_MARKS = /[{};=<>]|\(\)|\+\+|\/\//g;
const MOST_CODE_MARKS = 5;

/** Whether a part of a text asks something, by how it ends or, in English, begins. */
export function asks(part: string): boolean {
  return ASKS.test(part.trim());
}

const ASKS =
  /[?]$|(か|の|(?<!ませ|じゃ)ん|よね|っけ|かな|すか)$|^(?:and |but |so )?(?:do|does|is|are|can|could|must|should|will|would|may|have|has) /u;

/** The sentences of a question that ask or request something; all of it where none does. */
export function askedIn(question: Question): string {
  const asking = sentencesOf(question).filter((sentence) => asks(sentence) || REQUESTS.test(sentence.trim()));
  return asking.length === 0 ? question.plain : asking.join(' ');
}

const REQUESTS =
  /(?:教えて|おしえて|知りたい|下さい|ください|ほしい|欲しい|(?:並べて|整理して|まとめて|示して|案内して|説明して)(?=$|[、。]|く|も|いただ|頂)|願います|願いします|ご教示|頼む|たのむ)|^(?:please|tell|show|give|list|outline|explain|walk)/u;

/** In a folded text; not behind the dot of 「no. 4」. */
export const SENTENCE_ENDS =
  '[。!\\n♪]|\\p{Extended_Pictographic}|(?<!(?:^|[^a-z])(?:nos?|art|arts|vs))\\. |(?<=\\?)';
const ENDS = new RegExp(SENTENCE_ENDS, 'u');
const CLAUSE_ENDS = new RegExp(`[、,()…]|\\.{2,}|${SENTENCE_ENDS}`, 'u');

/** Splits a sentence at its punctuation; of the marks only 「?」 stays, at the end of its part. */
export function clausesOf(sentence: string): string[] {
  return splitAt(sentence, CLAUSE_ENDS);
}

/** Splits a question at the ends of its sentences. */
export function sentencesOf({ plain }: Question): string[] {
  const sentences: string[] = [];
  for (const sentence of splitAt(plain, ENDS)) {
    const before = ONLY_ASKS.test(sentence.trim()) ? sentences.pop() : undefined;
    sentences.push(before === undefined ? sentence : `${before}、${sentence}`);
  }
  return sentences;
}

/** 「打合せは入れていない。問題ないよね？」: asks about what was said before it. */
const ONLY_ASKS =
  /^(?:これで|それで|でも|特に|とくに)?(?:問題|もんだい)?(?:は)?(?:ない|ありません|大丈夫|平気|ok|いい|よい|良い|構いません|かまいません|合って|あって|正しい)(?:ん|の|い|る|です|でしょう|ます)*(?:よね|ですか|か|かな|よな)?\??$/u;

/** A text as fragments are looked for in it. */
export function dense(text: string): Pick<Question, 'dense'> {
  return { dense: text.replaceAll(' ', '') };
}

/** The parts that say something. */
function splitAt(text: string, ends: RegExp): string[] {
  return text.split(ends).filter((part) => /[\p{L}\p{N}]/u.test(part));
}

/**
 * Finds fragments in a dense text, katakana read as hiragana too; 「…」 in a fragment stands for up to twelve
 * characters. Gives the stretch that was found; one pattern for all, since this runs on every clause.
 */
export function createFragmentFinder(
  fragments: readonly string[],
): (question: Pick<Question, 'dense'>) => string | null {
  const pattern = new RegExp(fragments.map(patternOf).join('|'), 'u');
  return ({ dense }) => (pattern.exec(dense) ?? pattern.exec(toHiragana(dense)))?.[0] ?? null;
}

/** A text as a regular expression that finds just that text. */
export function asPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A fragment as a regular expression for folded text. */
export function patternOf(fragment: string): string {
  return fragment
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(' ', '')
    .split(/…|\.\.\./)
    .map(asPattern)
    .join('.{0,12}');
}

function withoutMarkup(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control and bidi characters are what is removed
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
      .replace(/<(?:[@#!][^<>|]{1,80})(?:\|[^<>]{0,80})?>/g, ' ')
      .replace(/<(?:https?|mailto):[^<>|]{1,2000}\|([^<>]{0,500})>/g, ' $1 ')
      .replace(/<((?:https?|mailto):[^<>|]{1,2000})>/g, ' ')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&')
      .replace(/:[a-z0-9_+-]{2,40}:/g, ' ')
      .replace(/```|[*~`]/g, ' ')
      .trim()
  );
}

/** Drops the clauses that hold an order to the machine, unless nothing else is said but who says it. */
function withoutOrders(text: string, orders: readonly string[]): string {
  const parts = text.split(/(?<=[。．、！？!?\n])/u);
  const kept = parts.filter((part) => {
    const folded = part.normalize('NFKC').toLowerCase();
    return !orders.some((order) => folded.includes(order));
  });
  const isQuestion = kept.some((part) => /[\p{L}\p{N}]/u.test(part) && !introduces(part.normalize('NFKC')));
  return isQuestion ? kept.join('').trim() : text;
}

function languageOf(plain: string): 'ja' | 'en' {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(plain)) return 'ja';
  const latin = plain.match(/[a-z]+/g)?.length ?? 0;
  const han = plain.match(/\p{Script=Han}/gu)?.length ?? 0;
  return latin >= 3 && han <= 4 ? 'en' : 'ja';
}
