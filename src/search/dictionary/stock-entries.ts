/** Reads kuromoji's entry tables (tid.dat + tid_pos.dat, unk.dat + unk_pos.dat) into columns. */

/** Index = kuromoji's token_info_id ÷ 10. */
export interface EntryTable {
  readonly left: Int16Array;
  readonly right: Int16Array;
  readonly cost: Int16Array;
  /** Index into `parts`. */
  readonly part: Uint8Array;
  readonly parts: readonly (readonly [string, string])[];
  /** Offset into `strings`, or one of the marks below. */
  readonly basic: Int32Array;
  readonly reading: Int32Array;
  /** UTF-16 units; each string is its length followed by its units. */
  readonly strings: Uint16Array;
  readonly oddSurfaces: Readonly<Record<string, string>>;
}

/** The string equals the word itself. */
export const sameAsSurface = -1;
/** The feature line is too short to have this feature. */
export const absent = -2;

const entryBytes = 10;
const fieldCount = 10;

export function readEntries(table: Uint8Array, features: Uint8Array): EntryTable {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const count = usedEntries(table);
  const pool = createPool();
  const partIds = new Map<string, number>();
  const parts: [string, string][] = [];
  const columns = {
    left: new Int16Array(count),
    right: new Int16Array(count),
    cost: new Int16Array(count),
    part: new Uint8Array(count),
    basic: new Int32Array(count),
    reading: new Int32Array(count),
  };
  const oddSurfaces: Record<string, string> = {};
  const decoder = new TextDecoder();
  for (let entry = 0; entry < count; entry++) {
    const at = entry * entryBytes;
    const start = view.getInt32(at + 6, true);
    const line = decoder.decode(features.subarray(start, features.indexOf(0, start)));
    const fields = line.split(',');
    if (fields.length > fieldCount) oddSurfaces[entry] = fields[0] ?? '';
    const surface = fields[0] ?? '';
    columns.left[entry] = view.getInt16(at, true);
    columns.right[entry] = view.getInt16(at + 2, true);
    columns.cost[entry] = view.getInt16(at + 4, true);
    columns.part[entry] = partId(fields[1] ?? '', fields[2] ?? '');
    columns.basic[entry] = stringId(fields[7], surface);
    columns.reading[entry] = stringId(fields[8], surface);
  }
  if (parts.length > 256) throw new Error(`${parts.length} parts of speech do not fit one byte`);
  return { ...columns, parts, strings: pool.finish(), oddSurfaces };

  function partId(pos: string, detail: string): number {
    const key = `${pos},${detail}`;
    const id = partIds.get(key) ?? parts.push([pos, detail]) - 1;
    partIds.set(key, id);
    return id;
  }

  function stringId(value: string | undefined, surface: string): number {
    if (value === undefined) return absent;
    return value === surface ? sameAsSurface : pool.add(value);
  }
}

/** The string at an offset of the pool. */
export function readStrings(strings: Uint16Array, offset: number): string {
  const start = offset + 1;
  const units = strings.subarray(start, start + (strings[offset] ?? 0));
  return String.fromCharCode(...units);
}

/** The table is padded with zeros; the first entry alone may point at feature 0. */
function usedEntries(table: Uint8Array): number {
  let end = table.length;
  while (end > 0 && table[end - 1] === 0) end--;
  return Math.ceil(end / entryBytes);
}

function createPool() {
  const units: number[] = [];
  const offsets = new Map<string, number>();
  return {
    add(value: string): number {
      const known = offsets.get(value);
      if (known !== undefined) return known;
      const offset = units.length;
      offsets.set(value, offset);
      units.push(value.length);
      for (let i = 0; i < value.length; i++) units.push(value.charCodeAt(i));
      return offset;
    },
    finish: () => Uint16Array.from(units),
  };
}
