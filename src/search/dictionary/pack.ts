/**
 * Packs kuromoji's dictionary into one flat file that is read without copying.
 *
 * Stock kuromoji inflates 101 MB, of which 35 MB is zero padding, copies it, and turns the map from word to
 * entries into 325,871 small arrays. Here the padding goes, the map becomes two Int32Arrays, and of the nine
 * features of an entry only those of `Token` stay.
 *
 * Layout: 'KGD1', header length (uint32), header (JSON, padded to 8 bytes), then sections aligned to 8 bytes.
 */
import { type EntryTable, readEntries, readStrings } from './stock-entries.ts';

/** The inflated files of kuromoji's dict/ folder, by name without `.dat.gz`. */
export type StockFiles = Readonly<Record<StockFileName, Uint8Array>>;
export type StockFileName = (typeof stockFileNames)[number];
export const stockFileNames = [
  'base',
  'check',
  'cc',
  'tid',
  'tid_pos',
  'tid_map',
  'unk',
  'unk_pos',
  'unk_map',
  'unk_char',
  'unk_invoke',
] as const;

export const magic = 'KGD1';

export interface CharacterClass {
  readonly alwaysInvoke: boolean;
  readonly grouping: boolean;
  readonly name: string;
}

export interface UnknownEntry {
  readonly left: number;
  readonly right: number;
  readonly cost: number;
  readonly pos: string;
  readonly detail: string;
  readonly basic: string;
}

export interface PackHeader {
  /** kuromoji's version; a pack of another version is not read. */
  readonly version: string;
  readonly sections: Readonly<Record<string, { offset: number; length: number }>>;
  /** Pairs 品詞/細分類1; an entry holds an index into them. */
  readonly parts: readonly (readonly [string, string])[];
  readonly classes: readonly CharacterClass[];
  /** Entries for unknown words, by character class. */
  readonly unknown: readonly (readonly UnknownEntry[])[];
  /** Entries whose feature line holds a comma in the word itself: kuromoji splits them wrongly, and so do we. */
  readonly oddSurfaces: Readonly<Record<string, string>>;
}

/** Inflated dictionary files + kuromoji's version -> the bytes of the pack. */
export function packDictionary(files: StockFiles, version: string): Uint8Array {
  const known = readEntries(files.tid, files.tid_pos);
  const map = readTargets(files.tid_map);
  const trie = trimTrie(files.base, files.check);
  const sections: [string, ArrayBufferView][] = [
    ['base', trie.base],
    ['check', trie.check],
    ['connections', asInt16(files.cc)],
    ['targetOffsets', map.offsets],
    ['targets', map.targets],
    ['left', known.left],
    ['right', known.right],
    ['cost', known.cost],
    ['part', known.part],
    ['basic', known.basic],
    ['reading', known.reading],
    ['strings', known.strings],
    ['categories', files.unk_char],
  ];
  const classes = readClasses(files.unk_invoke);
  return layOut(sections, {
    version,
    parts: known.parts,
    classes,
    unknown: readUnknown(files, classes.length),
    oddSurfaces: known.oddSurfaces,
  });
}

function layOut(sections: [string, ArrayBufferView][], rest: Omit<PackHeader, 'sections'>): Uint8Array {
  let offset = 0;
  const places: Record<string, { offset: number; length: number }> = {};
  for (const [name, view] of sections) {
    places[name] = { offset, length: view.byteLength };
    offset = align(offset + view.byteLength);
  }
  const header = new TextEncoder().encode(JSON.stringify({ ...rest, sections: places }));
  const start = align(8 + header.length);
  const pack = new Uint8Array(start + offset);
  pack.set(new TextEncoder().encode(magic));
  new DataView(pack.buffer).setUint32(4, header.length, true);
  pack.set(header, 8);
  for (const [name, view] of sections) {
    const place = places[name]?.offset ?? 0;
    pack.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), start + place);
  }
  return pack;
}

export function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

/** The part of the double array that is in use. */
function trimTrie(baseBytes: Uint8Array, checkBytes: Uint8Array) {
  const base = asInt32(baseBytes);
  const check = asInt32(checkBytes);
  let end = check.length;
  while (end > 1 && (check[end - 1] ?? -1) <= 0) end--;
  return { base: base.slice(0, end), check: check.slice(0, end) };
}

/** tid_map.dat: repeated (word, count, entry offsets), after the number of words. */
function readTargets(bytes: Uint8Array): { offsets: Int32Array; targets: Int32Array } {
  const ints = asInt32(bytes);
  const lists: number[][] = [];
  let total = 0;
  for (let at = 1; at + 1 < ints.length; ) {
    const word = ints[at] ?? 0;
    const count = ints[at + 1] ?? 0;
    at += 2;
    const list = lists[word] ?? [];
    lists[word] = list;
    for (let i = 0; i < count; i++) list.push((ints[at + i] ?? 0) / 10);
    total += count;
    at += count;
  }
  const offsets = new Int32Array(lists.length + 1);
  const targets = new Int32Array(total);
  let at = 0;
  for (let word = 0; word < lists.length; word++) {
    offsets[word] = at;
    for (const target of lists[word] ?? []) targets[at++] = target;
  }
  offsets[lists.length] = at;
  return { offsets, targets };
}

/** unk_invoke.dat: always invoke (1 byte), grouping (1), longest (4), name, zero. */
function readClasses(bytes: Uint8Array): CharacterClass[] {
  const classes: CharacterClass[] = [];
  for (let at = 0; at + 6 < bytes.length && bytes[at + 6] !== 0; ) {
    const end = bytes.indexOf(0, at + 6);
    const name = new TextDecoder().decode(bytes.subarray(at + 6, end));
    classes.push({ alwaysInvoke: bytes[at] === 1, grouping: bytes[at + 1] === 1, name });
    at = end + 1;
  }
  return classes;
}

function readUnknown(files: StockFiles, classCount: number): UnknownEntry[][] {
  const { offsets, targets } = readTargets(files.unk_map);
  const table: EntryTable = readEntries(files.unk, files.unk_pos);
  const text = (offset: number) => readStrings(table.strings, offset);
  return Array.from({ length: classCount }, (_, id) =>
    Array.from(targets.subarray(offsets[id], offsets[id + 1]), (entry) => ({
      left: table.left[entry] ?? 0,
      right: table.right[entry] ?? 0,
      cost: table.cost[entry] ?? 0,
      pos: table.parts[table.part[entry] ?? 0]?.[0] ?? '',
      detail: table.parts[table.part[entry] ?? 0]?.[1] ?? '',
      basic: text(table.basic[entry] ?? 0),
    })),
  );
}

function asInt32(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.slice().buffer, 0, bytes.length >> 2);
}

function asInt16(bytes: Uint8Array): Int16Array {
  return new Int16Array(bytes.slice().buffer, 0, bytes.length >> 1);
}
