/** What the readers of citations share: spans in a text, lists and ranges. */
import type { Citation } from './citation.ts';

/** A stretch of the text and what it asks for, before it is known whether that exists. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly asked: readonly Citation[];
  /** 各号: all items of the one provision asked for. */
  readonly allItems?: boolean;
  /** 第16条の2: the number of an article inserted later. */
  readonly branch?: number;
}

export interface Reading {
  readonly spans: readonly Span[];
  /** Where reading goes on. */
  readonly end: number;
}

/** Pattern source for what stands between the members of a list: 「、」「及び」「と」. */
export const SEPARATOR =
  '\\s*(?:並びに|ならびに|及び|および|又は|または|若しくは|もしくは|と|や|か(?!ら)|、|,|・|/|\\+|&|and\\b|or\\b)\\s*';
/** Pattern source for what stands between the ends of a range: 「から」「〜」. */
export const TO = '\\s*(?:から|ないし|乃至|〜|~|-|‐|−|–|—|ー|to\\b)\\s*';

const LONGEST_RANGE = 100;

/** Runs a sticky pattern at one place. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** 14 to 17 → [14, 15, 16, 17]; ends in the wrong order, or absurdly far apart, stand for themselves. */
export function inRange(from: number, to: number): number[] {
  if (to === from) return [from];
  if (to < from || to - from > LONGEST_RANGE) return [from, to];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
