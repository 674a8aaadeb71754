/** Words with values, laid out flat: finds every word that begins at a place of a text in one walk. */

export interface WordTrie {
  /** The UTF-16 unit that leads to a node; the children of one node are in ascending order of it. */
  readonly units: Uint16Array;
  /** The children of node n are children[n] .. children[n + 1] - 1; node 0 is the root. */
  readonly children: Int32Array;
  /** Node n ends a word when values[values of n] exist: valueStarts[n] .. valueStarts[n + 1] - 1. */
  readonly valueStarts: Int32Array;
  readonly values: Int32Array;
}

interface Branch {
  readonly values: number[];
  readonly children: Map<number, Branch>;
}

/** Words of at least one unit; a word's values come back in the order given here. */
export function buildWordTrie(words: ReadonlyMap<string, readonly number[]>): WordTrie {
  const root: Branch = { values: [], children: new Map() };
  for (const [word, values] of words) {
    let branch = root;
    for (let i = 0; i < word.length; i++) branch = childOf(branch, word.charCodeAt(i));
    branch.values.push(...values);
  }
  return layOut(root);
}

/** Visits the ends of all words that begin at `from`, shortest first. */
export function walkWords(
  { units, children, valueStarts }: WordTrie,
  text: string,
  from: number,
  visit: (end: number, node: number) => void,
): void {
  let node = 0;
  for (let at = from; at < text.length; at++) {
    node = childAt(units, children[node] ?? 0, children[node + 1] ?? 0, text.charCodeAt(at));
    if (node < 0) return;
    if ((valueStarts[node + 1] ?? 0) > (valueStarts[node] ?? 0)) visit(at + 1, node);
  }
}

function childAt(units: Uint16Array, first: number, end: number, unit: number): number {
  let low = first;
  let high = end - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = units[middle] ?? 0;
    if (there === unit) return middle;
    if (there < unit) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function childOf(branch: Branch, unit: number): Branch {
  const known = branch.children.get(unit);
  if (known !== undefined) return known;
  const made: Branch = { values: [], children: new Map() };
  branch.children.set(unit, made);
  return made;
}

/** Level by level, so that the children of a node stand side by side. */
function layOut(root: Branch): WordTrie {
  const order = [{ unit: 0, branch: root }];
  const children: number[] = [];
  const valueStarts: number[] = [];
  const values: number[] = [];
  for (let node = 0; node < order.length; node++) {
    const branch = order[node]?.branch ?? root;
    children.push(order.length);
    valueStarts.push(values.length);
    values.push(...branch.values);
    for (const [unit, child] of [...branch.children].sort(([a], [b]) => a - b))
      order.push({ unit, branch: child });
  }
  return {
    units: Uint16Array.from(order, ({ unit }) => unit),
    children: Int32Array.from([...children, order.length]),
    valueStarts: Int32Array.from([...valueStarts, values.length]),
    values: Int32Array.from(values),
  };
}
