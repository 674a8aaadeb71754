import { loadTokenizer } from '../../../src/boot/load-tokenizer.ts';

export const tokenize = loadTokenizer();
