/** A table that Excel opens as text: UTF-8 with BOM, CRLF, and no cell that a spreadsheet would calculate. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that begins like a formula would run in a spreadsheet: an apostrophe before it makes it text. */
function cell(text: string): string {
  const harmless = /^[\s\ufeff]*[=+\-@＝＋－＠\t\r]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
