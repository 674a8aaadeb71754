/** Collects which feature stands how often in which field of which document, as flat columns sorted by feature. */
import { channels, type Features } from './analysis.ts';
import type { StringTable } from './string-table.ts';

export interface Cells {
  /** Feature f owns the cells starts[f] .. starts[f + 1] - 1, by ascending document, then field. */
  readonly starts: Int32Array;
  readonly documents: Int32Array;
  readonly fields: Uint8Array;
  readonly counts: Uint16Array;
}

export interface Collector {
  /** Documents in ascending order. Returns how many features the field has, by channel. */
  add(document: number, field: number, features: Features): number[];
  finish(): Cells;
}

/** `vocabulary`: feature -> its number, by index of its channel. Several collections may share one. */
export function createCollector(vocabulary: StringTable): Collector {
  const rows = { feature: createInts(), document: createInts(), field: createInts(), count: createInts() };
  return { add, finish };

  function add(document: number, field: number, features: Features): number[] {
    return channels.map((channel, number) => {
      const found = features[channel];
      const seen = new Map<number, number>();
      for (const name of found) {
        const id = vocabulary.add(number, name);
        seen.set(id, (seen.get(id) ?? 0) + 1);
      }
      for (const [id, count] of seen) {
        rows.feature.push(id);
        rows.document.push(document);
        rows.field.push(field);
        rows.count.push(Math.min(count, 0xffff));
      }
      return found.length;
    });
  }

  /** A counting sort by feature: stable, so documents stay in order. */
  function finish(): Cells {
    const total = rows.feature.length();
    const feature = rows.feature.view();
    const size = vocabulary.size();
    const starts = new Int32Array(size + 1);
    for (let i = 0; i < total; i++) starts[(feature[i] ?? 0) + 1] = (starts[(feature[i] ?? 0) + 1] ?? 0) + 1;
    for (let id = 0; id < size; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
    const next = starts.slice();
    const cells = {
      documents: new Int32Array(total),
      fields: new Uint8Array(total),
      counts: new Uint16Array(total),
    };
    for (let i = 0; i < total; i++) {
      const id = feature[i] ?? 0;
      const at = next[id] ?? 0;
      next[id] = at + 1;
      cells.documents[at] = rows.document.view()[i] ?? 0;
      cells.fields[at] = rows.field.view()[i] ?? 0;
      cells.counts[at] = rows.count.view()[i] ?? 0;
    }
    return { starts, ...cells };
  }
}

function createInts() {
  let values = new Int32Array(1024);
  let used = 0;
  return {
    push(value: number): void {
      if (used === values.length) {
        const larger = new Int32Array(used * 2);
        larger.set(values);
        values = larger;
      }
      values[used++] = value;
    },
    length: () => used,
    view: () => values,
  };
}
