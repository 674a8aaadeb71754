import type { RichTextBlock } from '@slack/types';
import type { QuotedProvision } from '../../answers/answer.ts';
import { beginning, bold, clean, line, rich, words } from './text.ts';

/** Longest stretch in one text element; longer quotes go on in the next one. */
const ELEMENT = 2_800;

const SHORTENED = '（ここでは途中までです。全文は条文のボタンで読めます。）';

/** How much of a quote a card has room for; what does not fit is said to be left out. */
export interface QuoteRoom {
  readonly characters: number;
  readonly items: number;
}

/** 第3条第2項第1号（事前打合せ） */
export function headingOf(quote: QuotedProvision): string {
  return quote.caption === '' ? quote.label : `${quote.label}（${quote.caption}）`;
}

/** Heading, wording and 号 of a provision, word for word. Only the room of a card shortens it, and it says so. */
export function quoteBlock(quote: QuotedProvision, room: QuoteRoom): RichTextBlock {
  const text = clean(quote.text);
  const shown = beginning(text, room.characters);
  const itemRoom = Math.max(20, Math.floor(room.characters / 2));
  const items = quote.items.slice(0, room.items);
  const whole =
    shown === text &&
    items.length === quote.items.length &&
    items.every((item) => clean(item.text).length <= itemRoom);
  return rich(
    line(bold(headingOf(quote))),
    ...quoteElements(shown),
    ...(items.length > 0 ? [itemList(items, itemRoom)] : []),
    ...(whole ? [] : [line(words(SHORTENED))]),
  );
}

/** A wording as far as there is room; what is left out is said below the quote, never inside it. */
export function shortenedQuote(text: string, room: number): RichTextBlock['elements'] {
  const shown = beginning(clean(text), room);
  return [...quoteElements(shown), ...(shown === clean(text) ? [] : [line(words(SHORTENED))])];
}

/** A wording as quote elements, never cut. */
export function quoteElements(text: string): RichTextBlock['elements'] {
  return pieces(clean(text)).map((piece) => ({ type: 'rich_text_quote', elements: [words(piece)] }));
}

function itemList(items: QuotedProvision['items'], room: number): RichTextBlock['elements'][number] {
  return {
    type: 'rich_text_list',
    style: 'bullet',
    border: 1,
    elements: items.map((item) =>
      line(bold(itemNumber(item.label)), words(`　${beginning(clean(item.text), room)}`)),
    ),
  };
}

/** 第3条第2項第1号 → 第1号: the rest of the address stands above the list. */
function itemNumber(label: string): string {
  return /第\d+号$/.exec(label)?.[0] ?? label;
}

function pieces(text: string): string[] {
  const found: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const piece = beginning(rest, ELEMENT);
    found.push(piece);
    rest = rest.slice(piece.length);
  }
  return found;
}
