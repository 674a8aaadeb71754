/** 利用規約 as a tree. Every node keeps the lines of the source file it was read from. */

/** First and last line of a node in the source file, 1-based, inclusive. */
export interface SourceLines {
  readonly first: number;
  readonly last: number;
}

/** 号, printed 一、二…. `text` is the printed wording without its number, soft wraps joined. */
export interface Item {
  readonly number: number;
  readonly text: string;
  readonly lines: SourceLines;
}

/** 項. The first 項 of an article has no printed number: `numberIsImplied`. `text` leaves the items out. */
export interface Paragraph {
  readonly number: number;
  readonly numberIsImplied: boolean;
  readonly text: string;
  readonly items: readonly Item[];
  readonly lines: SourceLines;
}

/** 条, with its 見出し without the brackets: 「事前打合せ」. */
export interface Article {
  readonly number: number;
  readonly caption: string;
  readonly paragraphs: readonly Paragraph[];
  readonly lines: SourceLines;
}

/** One 項番 of the 別表: an API with its official name and the 内容 column, both verbatim. */
export interface ApiRow {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly lines: SourceLines;
}

/** 別表. `heading` is its title line, verbatim. */
export interface AppendedTable {
  readonly heading: string;
  readonly rows: readonly ApiRow[];
  readonly lines: SourceLines;
}

/** The whole 利用規約 of one version. */
export interface Terms {
  readonly title: string;
  readonly articles: readonly Article[];
  readonly table: AppendedTable;
}

/** Something odd in the text: reported with its place, never repaired. */
export interface TextProblem {
  /** Stable short code, e.g. `reference-unresolved`, `term-undefined`. */
  readonly code: string;
  /** Canonical citation of the provision it stands in, or null for the whole text. */
  readonly at: string | null;
  readonly lines: SourceLines;
  /** The wording in question, verbatim. */
  readonly quote: string;
  /** What is odd and how it may be read, in Japanese, fit for users. */
  readonly note: string;
}
