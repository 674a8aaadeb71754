import { describe, expect, it } from 'vitest';
import { checkView } from '../../../src/local-slack/schema/check.ts';
import { articleModal } from '../../../src/slack/views/article-modal.ts';
import { articlePages, pageOf } from '../../../src/slack/views/article-pages.ts';
import { provisions } from '../../../src/terms/provisions.ts';
import { version } from '../../support/scripted-answers.ts';
import { terms } from '../../terms/held.ts';

const pages = articlePages(terms);

describe('the article reader', () => {
  it('has a page for each of the 16 条 and the 17 項番', () => {
    expect(pages).toHaveLength(33);
    expect(pages[0]?.key).toBe('第1条');
    expect(pages[32]?.key).toBe('別表項番17');
  });

  it('shows every provision uncut on its page, and marks it alone', () => {
    for (const { key, text } of provisions(terms)) {
      const index = pageOf(terms, pages, key);
      if (index === null) throw new Error(`${key} has no page`);
      const view = articleModal(pages, index, { marked: key }, version);
      const json = JSON.stringify(view);
      expect(json).toContain(JSON.stringify(text).slice(1, -1));
      expect(json.split('▶')).toHaveLength(2);
      expect(() => checkView(JSON.parse(json), 'modal')).not.toThrow();
    }
  });

  it('opens no page for a provision that this version does not have', () => {
    for (const label of ['第20条', '第11条第5項', '別表項番18', 'constructor', '']) {
      expect(pageOf(terms, pages, label)).toBeNull();
    }
  });
});
