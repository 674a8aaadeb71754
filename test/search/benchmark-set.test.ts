import { describe, expect, test } from 'vitest';
import { BenchmarkError, readBenchmark } from '../../src/search/benchmark-set.ts';

const good = {
  'passages.jsonl': '{"id":"p","title":"t","text":"x"}\n',
  'queries.jsonl': '{"id":"q","text":"y"}\n',
  'qrels.jsonl': '{"qid":"q","pid":"p","rel":1}\n',
};
const read = (files: Record<string, string>) => readBenchmark((file) => files[file] ?? '');

test('A set without faults is read whole', () => {
  expect(read(good).judgements.get('q')?.get('p')).toBe(1);
});

describe('A fault is named by file and line', () => {
  test.each([
    ['no JSON', { 'passages.jsonl': `${good['passages.jsonl']}{"id":\n` }, 'passages.jsonl:2'],
    ['a missing key', { 'queries.jsonl': '\n{"id":"q"}\n' }, 'queries.jsonl:2'],
    ['a wrong type', { 'qrels.jsonl': '{"qid":"q","pid":"p","rel":"1"}' }, 'qrels.jsonl:1'],
    ['an unknown passage', { 'qrels.jsonl': '{"qid":"q","pid":"z","rel":1}' }, 'qrels.jsonl:1'],
    ['an unknown query', { 'qrels.jsonl': '{"qid":"z","pid":"p","rel":1}' }, 'qrels.jsonl:1'],
    ['an id used twice', { 'passages.jsonl': good['passages.jsonl'].repeat(2) }, 'passages.jsonl:2'],
    ['an empty file', { 'queries.jsonl': '' }, 'queries.jsonl'],
  ])('%s', (_, fault, place) => {
    expect(() => read({ ...good, ...fault })).toThrow(BenchmarkError);
    expect(() => read({ ...good, ...fault })).toThrow(place);
  });
});
