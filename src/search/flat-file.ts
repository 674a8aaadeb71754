/**
 * A value with large number columns <-> one block of bytes that is read without copying the columns.
 *
 * Layout: mark (4 bytes), header length and total length (uint32), header (JSON of the value, columns as their
 * places, padded to 8 bytes), then the columns, each aligned to 8 bytes. Byte order is the machine's own.
 */

const makers = { Int16Array, Int32Array, Uint8Array, Uint16Array, Float32Array };
export type Column = Int16Array | Int32Array | Uint8Array | Uint16Array | Float32Array;

interface Place {
  readonly column: keyof typeof makers;
  readonly offset: number;
  readonly length: number;
}

const fixedBytes = 12;

/** `mark`: four ASCII characters. Columns stand in objects inside objects, never in lists; the rest is JSON. */
export function writeFlatFile(mark: string, value: object): Uint8Array {
  const columns: { at: number; bytes: Uint8Array }[] = [];
  let size = 0;
  const header = new TextEncoder().encode(
    JSON.stringify(value, (_, part: unknown) => {
      const column = columnName(part);
      if (column === undefined) return part;
      const view = part as Column;
      const place: Place = { column, offset: size, length: view.length };
      columns.push({ at: size, bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength) });
      size = align(size + view.byteLength);
      return place;
    }),
  );
  const start = align(fixedBytes + header.length);
  const file = new Uint8Array(start + size);
  const lengths = new DataView(file.buffer);
  file.set(new TextEncoder().encode(mark));
  lengths.setUint32(4, header.length, true);
  lengths.setUint32(8, file.length, true);
  file.set(header, fixedBytes);
  for (const { at, bytes } of columns) file.set(bytes, start + at);
  return file;
}

/** The value, its columns as views over `bytes`; undefined when the bytes are none of this mark or cut short. */
export function readFlatFile(mark: string, bytes: Uint8Array): unknown {
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (whole.length < fixedBytes || new TextDecoder().decode(whole.subarray(0, 4)) !== mark) return undefined;
  const lengths = new DataView(whole.buffer, whole.byteOffset);
  const headerLength = lengths.getUint32(4, true);
  if (lengths.getUint32(8, true) !== whole.length || fixedBytes + headerLength > whole.length)
    return undefined;
  const header = parse(whole.subarray(fixedBytes, fixedBytes + headerLength));
  const start = whole.byteOffset + align(fixedBytes + headerLength);
  return withColumns(header, (place) => {
    return new makers[place.column](whole.buffer as ArrayBuffer, start + place.offset, place.length);
  });
}

function parse(header: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(header));
  } catch {
    return undefined;
  }
}

/** Puts the columns in place; what is freshly parsed belongs to nobody else, so it is changed where it is. */
function withColumns(value: unknown, open: (place: Place) => Column): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (isPlace(value)) return open(value);
  for (const [key, part] of Object.entries(value)) {
    (value as Record<string, unknown>)[key] = withColumns(part, open);
  }
  return value;
}

function isPlace(value: object): value is Place {
  return 'column' in value && typeof value.column === 'string' && value.column in makers;
}

/** Throws for what JSON would lose without a word: maps, sets, other columns. */
function columnName(part: unknown): keyof typeof makers | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  const { name } = part.constructor;
  if (name in makers) return name as keyof typeof makers;
  if (name === 'Object' || name === 'Array') return undefined;
  throw new Error(`a flat file cannot hold a ${name}`);
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
