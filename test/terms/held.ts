/** The text held in this repository, parsed once for the tests of the terms. */
import { readFileSync } from 'node:fs';
import { parseTerms } from '../../src/terms/parse.ts';

export const officialNames = [
  'シングルサインオン',
  '民間送達サービス連携',
  'SNS連携',
  '自己情報取得',
  'お知らせ情報取得',
  '民間送達サービス保有情報取得',
  '医療費情報取得',
  '薬剤情報取得',
  '特定健診情報取得',
  '就労証明書様式取得等',
  '法人設立手続申請',
  '社会保険・税手続申請',
  '電子申請等',
  '電子申請等情報受取等',
  '健康保険証利用登録',
  '利用者登録等',
  '代理人設定',
];

export const source = readFileSync(
  new URL('../../knowledge/versions/cao-undated/terms.txt', import.meta.url),
  'utf8',
);
export const parsed = parseTerms(source, officialNames);
export const terms = parsed.terms;

/** Source lines first..last without any whitespace. */
export function sourceWithoutSpace(lines: { first: number; last: number }): string {
  return withoutSpace(
    source
      .split('\n')
      .slice(lines.first - 1, lines.last)
      .join(''),
  );
}

export function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}
