/**
 * Numbers the distinct strings it is given, by kind. The strings lie in flat columns behind a hash table, so a
 * finished table is opened from a file as it is: no Map is filled, no string is made.
 */

/** Opaque but for its columns: only good for `createStringTable`. */
export interface StringTableData {
  readonly count: number;
  /** Open addressing; a power of two in size. A slot holds the number of a string + 1; 0 is free. */
  readonly slots: Int32Array;
  /** String n is units[starts[n]] .. units[starts[n + 1] - 1]. */
  readonly starts: Int32Array;
  readonly units: Uint16Array;
  readonly kinds: Uint8Array;
}

export interface StringTable {
  /** How many strings there are; they are numbered 0 .. size - 1. */
  size(): number;
  kindOf(id: number): number;
  /** Undefined for a string that was never added. */
  find(kind: number, text: string): number | undefined;
  /** The number of the string, new or known. */
  add(kind: number, text: string): number;
  /** For keeping; later additions do not change it. */
  data(): StringTableData;
}

const empty: StringTableData = {
  count: 0,
  slots: new Int32Array(1024),
  starts: new Int32Array(513),
  units: new Uint16Array(4096),
  kinds: new Uint8Array(512),
};

/** `kind`s are 0 .. 255. The given columns are only copied once something is added. */
export function createStringTable(data: StringTableData = empty): StringTable {
  let { count, slots, starts, units, kinds } = data;
  let owned = false;

  return {
    size: () => count,
    kindOf: (id) => kinds[id] ?? 0,
    find(kind, text) {
      const found = slots[slotOf(kind, text)] ?? 0;
      return found === 0 ? undefined : found - 1;
    },
    add(kind, text) {
      const slot = slotOf(kind, text);
      const found = slots[slot] ?? 0;
      return found === 0 ? append(kind, text, slot) : found - 1;
    },
    data: () => ({
      count,
      slots: slots.slice(),
      starts: starts.slice(0, count + 1),
      units: units.slice(0, starts[count] ?? 0),
      kinds: kinds.slice(0, count),
    }),
  };

  /** The slot that holds the string, or the free one where it belongs. */
  function slotOf(kind: number, text: string): number {
    const mask = slots.length - 1;
    for (let slot = hash(kind, text) & mask; ; slot = (slot + 1) & mask) {
      const id = (slots[slot] ?? 0) - 1;
      if (id < 0 || (kinds[id] === kind && equals(id, text))) return slot;
    }
  }

  function freeSlot(id: number): number {
    let sum = startHash(kinds[id] ?? 0);
    for (let at = starts[id] ?? 0; at < (starts[id + 1] ?? 0); at++) sum = mix(sum, units[at] ?? 0);
    let slot = endHash(sum) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    return slot;
  }

  function equals(id: number, text: string): boolean {
    const start = starts[id] ?? 0;
    if ((starts[id + 1] ?? 0) - start !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (units[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  function append(kind: number, text: string, free: number): number {
    const slot = makeRoom(text.length) ? slotOf(kind, text) : free;
    const start = starts[count] ?? 0;
    for (let i = 0; i < text.length; i++) units[start + i] = text.charCodeAt(i);
    kinds[count] = kind;
    starts[count + 1] = start + text.length;
    slots[slot] = count + 1;
    return count++;
  }

  /** True when the slots were laid out anew. */
  function makeRoom(length: number): boolean {
    const end = (starts[count] ?? 0) + length;
    const full = count + 2 > starts.length || count + 1 > kinds.length;
    if (!owned || full) {
      starts = grown(new Int32Array(2 * count + 513), starts);
      kinds = grown(new Uint8Array(2 * count + 512), kinds);
    }
    if (!owned || end > units.length) units = grown(new Uint16Array(2 * end + 4096), units);
    const crowded = 2 * (count + 1) > slots.length;
    if (!owned && !crowded) slots = slots.slice();
    owned = true;
    if (!crowded) return false;
    slots = new Int32Array(2 * slots.length);
    for (let id = 0; id < count; id++) slots[freeSlot(id)] = id + 1;
    return true;
  }
}

function grown<T extends Int32Array | Uint8Array | Uint16Array>(larger: T, old: T): T {
  larger.set(old);
  return larger;
}

/** FNV-1a over UTF-16 units, mixed once more so that the low bits depend on all of them. */
function hash(kind: number, text: string): number {
  let sum = startHash(kind);
  for (let i = 0; i < text.length; i++) sum = mix(sum, text.charCodeAt(i));
  return endHash(sum);
}

function startHash(kind: number): number {
  return 0x811c9dc5 ^ kind;
}

function mix(sum: number, unit: number): number {
  return Math.imul(sum ^ unit, 0x01000193);
}

function endHash(sum: number): number {
  return Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d) >>> 7;
}
