/**
 * kuromoji 0.1.2's tokenizer over a packed dictionary: the same lattice, costs, order and therefore the same
 * tokens, without its objects per node and its copy of the rest of the text at every position.
 *
 * Two traits of the original are kept on purpose, because equality is what the tests prove: a group of unknown
 * characters outside the BMP (emoji in a row) is measured in UTF-16 units although positions count code
 * points, so words behind it can get lost. `analysis.ts` takes such characters apart before it asks. We
 * differ only where the original throws: a lone high surrogate or a zero is an ordinary unknown character here.
 */
import type { Token, Tokenize } from '../tokens.ts';
import { createLattice, type Lattice } from './lattice.ts';
import type { PackedDictionary } from './packed-dictionary.ts';
import { absent, readStrings, sameAsSurface } from './stock-entries.ts';

export function createTokenizer(dictionary: PackedDictionary): Tokenize {
  const lattice = createLattice(dictionary);
  return function tokenize(text) {
    const tokens: Token[] = [];
    for (const sentence of sentences(text)) {
      const before = tokens.at(-1)?.word_position ?? 0;
      for (const node of lattice.bestPath(sentence)) {
        tokens.push(toToken(dictionary, lattice, sentence, node, before));
      }
    }
    return tokens;
  };
}

/** Each sentence ends behind 、 or 。 */
function sentences(text: string): string[] {
  return text.match(/[^、。]*[、。]|[^、。]+$/g) ?? [];
}

function toToken(
  dictionary: PackedDictionary,
  lattice: Lattice,
  sentence: string,
  node: number,
  before: number,
): Token {
  const word_position = before + lattice.start(node);
  const surface = lattice.surface(node, sentence);
  const entry = lattice.entry(node);
  if (entry < 0) {
    const unknown = lattice.unknownEntry(node);
    return {
      surface_form: surface,
      pos: unknown.pos,
      pos_detail_1: unknown.detail,
      basic_form: unknown.basic,
      reading: undefined,
      word_position,
    };
  }
  const [pos, detail] = dictionary.parts[dictionary.part[entry] ?? 0] ?? ['', ''];
  const surface_form = dictionary.oddSurfaces[entry] ?? surface;
  return {
    surface_form,
    pos,
    pos_detail_1: detail,
    basic_form: text(dictionary.basic[entry]) ?? surface_form,
    reading: text(dictionary.reading[entry]),
    word_position,
  };

  function text(offset = absent): string | undefined {
    if (offset === sameAsSurface) return surface_form;
    return offset === absent ? undefined : readStrings(dictionary.strings, offset);
  }
}
