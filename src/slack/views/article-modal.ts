import type { ActionsBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { formatCitation } from '../../terms/citation.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import type { ArticlePage, PagePart } from './article-pages.ts';
import { button } from './buttons.ts';
import { quoteElements } from './quote.ts';
import { bold, line, plain, rich } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

/** What the modal remembers between presses: ids only, looked up again each time. */
export interface ReaderState {
  /** Canonical citation of the provision to mark, or null. */
  readonly marked: string | null;
}

/**
 * A page of the 利用規約, whole and uncut, with buttons to turn pages and a list to jump.
 * `index` is 0-based among `pages`; the provision in `state.marked` and its 号 stand out.
 */
export function articleModal(
  pages: readonly ArticlePage[],
  index: number,
  state: ReaderState,
  version: ShownVersion,
): ModalView {
  const page = pages[index];
  if (page === undefined) throw new RangeError(`no page ${index} of ${pages.length}`);
  return {
    type: 'modal',
    callback_id: VIEWS.article,
    title: plain('条文', 24),
    close: plain('閉じる', 24),
    private_metadata: JSON.stringify(state),
    blocks: [
      { type: 'header', text: plain(page.title, 150) },
      ...page.parts.map((part) => partBlock(part, state.marked)),
      versionLine(version),
      turning(pages, index),
      jumping(pages, index),
    ],
  };
}

function partBlock(part: PagePart, marked: string | null): KnownBlock {
  const isMarked = formatCitation(part.citation) === marked;
  const heading = [isMarked ? '▶引用された規定' : '', part.label].filter((text) => text !== '').join('　');
  return rich(...(heading === '' ? [] : [line(bold(heading))]), ...quoteElements(part.text));
}

function turning(pages: readonly ArticlePage[], index: number): ActionsBlock {
  const previous = pages[index - 1];
  const next = pages[index + 1];
  return {
    type: 'actions',
    elements: [
      ...(previous === undefined
        ? []
        : [button(`${ACTIONS.turnPage}:0`, `前へ：${previous.key}`, previous.key)]),
      ...(next === undefined ? [] : [button(`${ACTIONS.turnPage}:1`, `次へ：${next.key}`, next.key)]),
    ],
  };
}

/** The block id changes with the page, because Slack keeps the old choice of a select whose ids stay the same. */
function jumping(pages: readonly ArticlePage[], index: number): ActionsBlock {
  const options = pages.map((page): PlainTextOption => ({ text: plain(page.title, 75), value: page.key }));
  const current = options[index];
  return {
    type: 'actions',
    block_id: `jump:${index}`,
    elements: [
      {
        type: 'static_select',
        action_id: ACTIONS.jumpToPage,
        placeholder: plain('条文を選ぶ', 150),
        options,
        ...(current === undefined ? {} : { initial_option: current }),
      },
    ],
  };
}
