/** The word lattice and the search for its cheapest path (Viterbi), as kuromoji 0.1.2 does them. */
import type { UnknownEntry } from './pack.ts';
import type { PackedDictionary } from './packed-dictionary.ts';
import { createTrie, isHighSurrogate } from './trie.ts';

export interface Lattice {
  /** Nodes of the cheapest path, first to last; valid until the next call. Empty when there is no path. */
  bestPath(sentence: string): number[];
  /** 1-based position in code points. */
  start(node: number): number;
  /** Index into the dictionary; negative for an unknown word. */
  entry(node: number): number;
  unknownEntry(node: number): UnknownEntry;
  surface(node: number, sentence: string): string;
}

const none = -1;
const beginning = 0;

/** One set of arrays serves every sentence; they only ever grow. */
export function createLattice(dictionary: PackedDictionary): Lattice {
  const { connections, targetOffsets, targets, categories, classes } = dictionary;
  const trie = createTrie(dictionary.base, dictionary.check);
  const backwardSize = connections[1] ?? 0;
  const unknownEntries = dictionary.unknown.flat();
  const firstUnknown = firstIndexes(dictionary.unknown);
  const sameClass = classes.map((one) => classes.findIndex((other) => other.name === one.name));
  const defaultClass = classes.findIndex((one) => one.name === 'DEFAULT');

  let count = 0;
  let starts = new Int32Array(1024);
  let entries = new Int32Array(1024);
  let froms = new Int32Array(1024);
  let untils = new Int32Array(1024);
  let lefts = new Int16Array(1024);
  let rights = new Int16Array(1024);
  let costs = new Int16Array(1024);
  let nexts = new Int32Array(1024);
  let previous = new Int32Array(1024);
  let totals = new Float64Array(1024);
  let heads = new Int32Array(256);
  let tails = new Int32Array(256);
  let units = new Int32Array(256);
  let lastEnd = 0;

  return { bestPath, start, entry, unknownEntry, surface };

  function start(node: number): number {
    return starts[node] ?? 0;
  }

  function entry(node: number): number {
    return entries[node] ?? none;
  }

  function unknownEntry(node: number): UnknownEntry {
    return unknownEntries[-entry(node) - 1] as UnknownEntry;
  }

  function surface(node: number, sentence: string): string {
    return sentence.slice(froms[node], untils[node]);
  }

  function bestPath(sentence: string): number[] {
    build(sentence);
    return walkBack(walkForward());
  }

  function build(sentence: string): void {
    const length = readUnits(sentence);
    count = 0;
    lastEnd = 1;
    heads.fill(none, 0, sentence.length + 3);
    append(none, 0, 0, 0, 0, 0, 0, 0);
    totals[beginning] = 0;
    for (let position = 0; position < length; position++) {
      const found = appendKnown(sentence, position);
      appendUnknown(sentence, position, length, found);
    }
  }

  /** Code points to UTF-16 offsets; every high surrogate takes the unit behind it along, as in the original. */
  function readUnits(sentence: string): number {
    if (sentence.length + 3 > heads.length) growPositions(sentence.length + 3);
    let length = 0;
    for (let at = 0; at < sentence.length; at++) {
      units[length++] = at;
      if (isHighSurrogate(sentence.charCodeAt(at))) at++;
    }
    units[length] = sentence.length;
    return length;
  }

  /** Every dictionary word that starts here. */
  function appendKnown(sentence: string, position: number): boolean {
    const from = units[position] ?? 0;
    let parent = 0;
    let found = false;
    for (let at = from; at < sentence.length; at++) {
      parent = trie.next(parent, sentence.charCodeAt(at));
      if (parent === none) break;
      const word = trie.word(parent);
      if (word === none) continue;
      found = true;
      const end = targetOffsets[word + 1] ?? 0;
      for (let i = targetOffsets[word] ?? 0; i < end; i++) {
        const known = targets[i] ?? 0;
        append(
          known,
          position + 1,
          at + 1 - from,
          from,
          at + 1,
          dictionary.left[known] ?? 0,
          dictionary.right[known] ?? 0,
          dictionary.cost[known] ?? 0,
        );
      }
    }
    return found;
  }

  function appendUnknown(sentence: string, position: number, length: number, found: boolean): void {
    const head = classAt(sentence, position);
    const kind = classes[head];
    if (kind === undefined || (found && !kind.alwaysInvoke)) return;
    let end = position + 1;
    if (kind.grouping) while (end < length && classAt(sentence, end) === head) end++;
    const from = units[position] ?? 0;
    const until = units[end] ?? sentence.length;
    // A single character counts one; a group counts UTF-16 units (see the head of tokenizer.ts).
    const size = end === position + 1 ? 1 : until - from;
    const first = firstUnknown[head] ?? 0;
    const stop = firstUnknown[head + 1] ?? 0;
    for (let i = first; i < stop; i++) {
      const { left, right, cost } = unknownEntries[i] as UnknownEntry;
      append(-i - 1, position + 1, size, from, until, left, right, cost);
    }
  }

  function classAt(sentence: string, position: number): number {
    const unit = sentence.charCodeAt(units[position] ?? 0);
    const found = isHighSurrogate(unit) ? defaultClass : (categories[unit] ?? defaultClass);
    return sameClass[found] ?? found;
  }

  function append(
    node: number,
    position: number,
    size: number,
    from: number,
    until: number,
    left: number,
    right: number,
    cost: number,
  ): void {
    if (count === starts.length) growNodes();
    const id = count++;
    starts[id] = position;
    entries[id] = node;
    froms[id] = from;
    untils[id] = until;
    lefts[id] = left;
    rights[id] = right;
    costs[id] = cost;
    nexts[id] = none;
    previous[id] = none;
    totals[id] = Number.MAX_VALUE;
    const end = id === beginning ? 0 : position + size - 1;
    if (heads[end] === none) heads[end] = id;
    else nexts[tails[end] ?? 0] = id;
    tails[end] = id;
    if (end > lastEnd) lastEnd = end;
  }

  /** Returns the end node. Nodes are visited in the order they were added: that decides between equal costs. */
  function walkForward(): number {
    append(none, lastEnd + 1, 1, 0, 0, 0, 0, 0);
    const end = count - 1;
    let best = none;
    for (let position = 1; position <= lastEnd; position++) {
      for (let node = heads[position] ?? none; node !== none; node = nexts[node] ?? none) {
        let before = heads[(starts[node] ?? 1) - 1] ?? none;
        if (before === none) continue;
        const left = lefts[node] ?? 0;
        const cost = costs[node] ?? 0;
        let total = Number.MAX_VALUE;
        for (; before !== none; before = nexts[before] ?? none) {
          const edge = connections[(rights[before] ?? 0) * backwardSize + left + 2] ?? 0;
          const sum = (totals[before] ?? 0) + edge + cost;
          if (sum < total) {
            // Deliberately not reset per node: the original's variable outlives the loop.
            best = before;
            total = sum;
          }
        }
        previous[node] = best;
        totals[node] = total;
      }
    }
    return end;
  }

  function walkBack(end: number): number[] {
    const path: number[] = [];
    for (let node = previous[end] ?? none; node !== beginning; node = previous[node] ?? none) {
      if (node === none) return [];
      path.push(node);
    }
    return path.reverse();
  }

  function growNodes(): void {
    starts = grown(starts, Int32Array);
    entries = grown(entries, Int32Array);
    froms = grown(froms, Int32Array);
    untils = grown(untils, Int32Array);
    nexts = grown(nexts, Int32Array);
    previous = grown(previous, Int32Array);
    lefts = grown(lefts, Int16Array);
    rights = grown(rights, Int16Array);
    costs = grown(costs, Int16Array);
    totals = grown(totals, Float64Array);
  }

  function growPositions(size: number): void {
    heads = new Int32Array(size * 2);
    tails = new Int32Array(size * 2);
    units = new Int32Array(size * 2);
  }
}

function grown<T extends { set(from: T): void; length: number }>(
  array: T,
  make: new (length: number) => T,
): T {
  const larger = new make(array.length * 2);
  larger.set(array);
  return larger;
}

function firstIndexes(lists: readonly (readonly unknown[])[]): number[] {
  const firsts = [0];
  for (const list of lists) firsts.push((firsts.at(-1) ?? 0) + list.length);
  return firsts;
}
