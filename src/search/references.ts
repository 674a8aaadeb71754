/**
 * References to parts of a legal text: 第3条第2項, 十二条の二, 第1号. Numbers come out in arabic digits, so 第三条
 * and 第３条 are one token. Which text is meant stays open, unless its name stands right before.
 */
const number = '(?:[0-9]+|[〇一二三四五六七八九十百千]+)';
const part = `第?(${number})(条|項|号|章|節|款|表|項番)((?:の${number})*)`;
const reference = new RegExp(`([\\p{Script=Han}\\p{Script=Katakana}ー]+)?\\s*((?:${part})+)`, 'gu');
const single = new RegExp(part, 'gu');
const rowReference = new RegExp(`(?:項番|別表第?)\\s*(${number})`, 'gu');

/** Normalised text -> tokens such as `3条`, `3条2項`, `民法3条`. */
export function referenceTokens(text: string): string[] {
  const tokens: string[] = [];
  for (const [, name, chain = ''] of text.matchAll(reference)) {
    const parts = [...chain.matchAll(single)].map(([, digits = '', kind = '', branch = '']) => {
      return `${toNumber(digits)}${kind}${branch.replace(/[^の]+/g, (one) => String(toNumber(one)))}`;
    });
    tokens.push(...parts);
    for (let i = 1; i < parts.length; i++) tokens.push(`${parts[i - 1]}${parts[i]}`);
    if (name !== undefined && parts[0] !== undefined) tokens.push(`${name}${parts[0]}`);
  }
  for (const [, digits = ''] of text.matchAll(rowReference)) tokens.push(`項番${toNumber(digits)}`);
  return tokens;
}

/** 十六, 二百三, 一六 or 16 -> 16, 203, 16, 16. */
function toNumber(digits: string): number {
  if (/^[0-9]+$/.test(digits)) return Number(digits);
  let total = 0;
  let current = 0;
  for (const digit of digits) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[digit];
    if (unit === undefined) current = current * 10 + '〇一二三四五六七八九'.indexOf(digit);
    else {
      total += (current || 1) * unit;
      current = 0;
    }
  }
  return total + current;
}
