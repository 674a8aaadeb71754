/** What people type, made safe to keep and to show. Nothing visible is changed. */

/** A name for one line: controls, direction marks and odd spaces out, so that it cannot reorder the text around it. */
export function cleanName(typed: string): string {
  return typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .trim();
}

/** Prose as it was written, but for U+0000 and half surrogates, which no database keeps. */
export function cleanProse(typed: string): string {
  return typed.replaceAll('\u0000', '').toWellFormed().trim();
}

/** Length as a person counts it: code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Width, case, kana and spaces make no difference: the form in which names are looked for. */
export function searchForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}・]/gu, '')
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}
