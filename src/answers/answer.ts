import type { Citation } from '../terms/citation.ts';
import type { StepName, StepValue } from '../terms/steps.ts';

/** A provision as it is shown: its address, its caption, and its wording untouched. */
export interface QuotedProvision {
  readonly citation: Citation;
  /** Canonical form of the citation: 第3条第2項第1号. */
  readonly label: string;
  /** 見出し of the article, or the official name of the API. */
  readonly caption: string;
  /** Verbatim. */
  readonly text: string;
  /** The 号 under a cited 項, shown where the 項 itself only introduces them. Verbatim. */
  readonly items: readonly { readonly label: string; readonly text: string }[];
}

/** Another provision that touches the answer: exemption, read-over, sanction, definition. */
export interface Bearing {
  readonly quote: QuotedProvision;
  /** One Japanese sentence: why it bears on the answer. */
  readonly why: string;
  /** It exempts from, or rewords, what is quoted (第16条): it is shown word for word, the others by name. */
  readonly decisive: boolean;
}

/** A requirement computed from the rules, never fetched by similarity. */
export interface Verdict {
  readonly step: StepName;
  /** 項番, ascending. */
  readonly apis: readonly number[];
  readonly value: StepValue;
}

/** Why an answer came out: what was recognised, in words for users and in full for staff. */
export interface Reason {
  readonly kind: 'citation' | 'rule' | 'ask' | 'words' | 'definition' | 'context' | 'voice';
  /** One Japanese line fit for users. */
  readonly line: string;
  /** The raw evidence: matched ask, shared words, rule, score. */
  readonly detail: string;
}

/** What people are told is missing, and what comes near. */
export interface OutsideFact {
  readonly text: string;
  readonly label: string;
  readonly source: string;
}

type NonEmpty<T> = readonly [T, ...T[]];

/** The terms answer. An answer without a quoted provision cannot be built. */
export interface Grounded {
  readonly kind: 'answer';
  /** The plain answer, one to three sentences, Japanese. */
  readonly lead: string;
  /** The same in English for a question in English. */
  readonly leadEn: string | null;
  readonly verdict: Verdict | null;
  readonly quotes: NonEmpty<QuotedProvision>;
  readonly bearing: readonly Bearing[];
  /** Oddities of the text, corrections of a false presupposition. */
  readonly notes: readonly string[];
  /** Where judgement is called for: why a person must decide. */
  readonly handover: string | null;
  readonly reasons: readonly Reason[];
}

/** The question is truly ambiguous: the person chooses. */
export interface Choose {
  readonly kind: 'choose';
  readonly lead: string;
  readonly choices: readonly [Choice, Choice, ...Choice[]];
  readonly reasons: readonly Reason[];
}

export interface Choice {
  readonly quote: QuotedProvision;
  /** What choosing it means, in plain words. */
  readonly summary: string;
}

/** Near the topic, but the terms leave it open. */
export interface NotSettled {
  readonly kind: 'not_settled';
  readonly topic: string;
  readonly gapId: string | null;
  readonly lead: string;
  readonly leadEn: string | null;
  readonly nearest: readonly QuotedProvision[];
  readonly outside: readonly OutsideFact[];
  readonly notes: readonly string[];
  readonly reasons: readonly Reason[];
}

/** A provision is asked for that this version does not have. */
export interface NoSuchProvision {
  readonly kind: 'no_such_provision';
  /** What was asked for, canonical: 第20条. */
  readonly asked: string;
  readonly lead: string;
  readonly nearest: readonly QuotedProvision[];
  readonly notes: readonly string[];
  readonly reasons: readonly Reason[];
}

export interface OutOfScope {
  readonly kind: 'out_of_scope';
  readonly lead: string;
  readonly leadEn: string | null;
  /** The scheme it belongs to, when recognised. */
  readonly scheme: { readonly name: string; readonly address: string | null } | null;
  readonly nearest: readonly QuotedProvision[];
  readonly reasons: readonly Reason[];
}

export type Answer = Grounded | Choose | NotSettled | NoSuchProvision | OutOfScope;

/** The provisions an answer rests on, best first. */
export function citedProvisions(answer: Answer): readonly QuotedProvision[] {
  switch (answer.kind) {
    case 'answer':
      return [...answer.quotes, ...answer.bearing.map((bearing) => bearing.quote)];
    case 'choose':
      return answer.choices.map((choice) => choice.quote);
    default:
      return answer.nearest ?? [];
  }
}
