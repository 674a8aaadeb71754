import { describe, expect, test } from 'vitest';
import { formatCitation } from '../../src/terms/citation.ts';
import { definitions } from '../../src/terms/definitions.ts';
import { guide } from '../support/guide.ts';

const { answerer, terms } = guide();
const defined = definitions(terms);
/** A term may be defined twice (自己情報: 第2条第2号 and 別表項番4): either place is right. */
const placesOf = (term: string) =>
  defined
    .filter((one) => one.term.normalize('NFKC') === term.normalize('NFKC'))
    .map(({ citation }) => formatCitation(citation));

function cited(question: string): string {
  const [answer] = answerer.answer(question).answers;
  return answer.kind === 'answer' ? answer.quotes[0].label : answer.kind;
}

describe('every term the terms define, in 第2条 or hidden in the 別表, is answered with its definition', () => {
  test.each(defined.map(({ term }) => [term]))('%s', (term) => {
    expect(placesOf(term)).toContain(cited(`「${term}」の定義を教えてください`));
    expect(placesOf(term)).toContain(cited(`${term}とは何ですか`));
  });
});

test.each([
  ['接続確認環境試件の意味', '第2条第6号'],
  ['本番環境試駿とは', '第2条第7号'],
  ['オンライン資格確認等シズテムって何の略', '別表項番7'],
])('%s: a misspelt term is understood', (question, place) => {
  expect(cited(question)).toBe(place);
});

test('開示システム is defined nowhere, and that is said', () => {
  expect(cited('開示システムの定義は？')).toBe('not_settled');
});
