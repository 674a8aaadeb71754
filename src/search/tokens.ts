/**
 * What search needs of a morphological analyser (形態素解析). The names are kuromoji's own, so that its
 * tokens fit without a conversion.
 */
export interface Token {
  /** The word as it stands in the text. */
  readonly surface_form: string;
  /** Part of speech, 品詞: 名詞, 動詞, … */
  readonly pos: string;
  /** 品詞細分類1: サ変接続, 非自立, … */
  readonly pos_detail_1: string;
  /** Dictionary form; `*` for a word the dictionary does not know. */
  readonly basic_form: string;
  /** Reading in katakana; absent for a word the dictionary does not know. */
  readonly reading: string | undefined;
  /** 1-based, counted in code points, as kuromoji counts. */
  readonly word_position: number;
}

/** Text in, tokens out. Never throws, whatever the text. */
export type Tokenize = (text: string) => Token[];
