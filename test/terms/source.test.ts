import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadTerms, readCurrentVersion } from '../../src/boot/load-terms.ts';
import { findTextProblems } from '../../src/terms/problems.ts';
import { isConfirmed } from '../../src/terms/source.ts';
import { officialNames, terms } from './held.ts';

const knowledge = fileURLToPath(new URL('../../knowledge', import.meta.url));
const version = readCurrentVersion(knowledge);

describe('the version answers are given from', () => {
  const loaded = loadTerms(knowledge, officialNames);

  it('is loaded with its text, its source and its rules', () => {
    expect(loaded.terms).toEqual(terms);
    expect(loaded.problems).toEqual(findTextProblems(terms));
    expect(loaded.source.id).toBe(version);
    expect(loaded.rules.steps).toHaveLength(9);
  });

  it('says honestly that nobody has held it against the publication, and that its date of effect is unknown', () => {
    expect(isConfirmed(loaded.source)).toBe(false);
    expect(loaded.source.effectiveFrom).toBe('unknown');
  });

  it('names the operator that 第1条 names', () => {
    expect(terms.articles[0]?.paragraphs[0]?.text).toContain(loaded.source.operator);
  });
});

describe('a fault in the files stops the start and names value, place and what was expected', () => {
  it.each([
    ['terms.txt', 'マイナポータル', 'マイナポ一タル', /terms\.txt: SHA-256 は [0-9a-f]{64} ですが/],
    ['terms.txt', ' \n', '\n', /原本に戻してください/],
    ['source.yaml', 'id: cao-undated', 'id: other', /id「other」/],
    [
      'source.yaml',
      'effectiveFrom: unknown',
      'effectiveFrom: 昨日',
      /source\.yaml:\d+ effectiveFrom：「昨日」は読めません/,
    ],
    ['source.yaml', 'title:', 'titel:', /titel/],
    ['source.yaml', 'id: cao-undated', 'id: [', /YAMLとして読めません/],
    ['applicability.yaml', 'rows: [10]', 'rows: [11]', /接続確認環境試験（項番10）/],
    ['applicability.yaml', 'clause: 第4条', 'clause: 4条', /引用条項「4条」は/],
    [
      'applicability.yaml',
      '- name: 変更申請',
      '- name: 変更の申請',
      /applicability\.yaml:\d+ steps\[7\]\.name：.*変更申請/,
    ],
  ])('%s with 「%s」 changed to 「%s」', (file, from, to, message) => {
    const copy = mkdtempSync(join(tmpdir(), 'terms-'));
    cpSync(knowledge, copy, { recursive: true });
    const place = join(copy, 'versions', version, file);
    writeFileSync(place, readFileSync(place, 'utf8').replace(from, to));
    expect(() => loadTerms(copy, officialNames)).toThrow(message);
  });

  it('such as a name of the 別表 that is not the official one', () => {
    const names = officialNames.with(3, '自己情報取得API');
    expect(() => loadTerms(knowledge, names)).toThrow(
      /terms\.txt:\d+ 「自己情報取得」: 控えの名称は「自己情報取得API」/,
    );
  });

  it('such as a version that is not there', () => {
    expect(() => loadTerms(knowledge, officialNames, 'gone')).toThrow(/gone.*ファイルを読めません/);
  });
});
