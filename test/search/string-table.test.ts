import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStringTable } from '../../src/search/string-table.ts';

const text = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 9 }),
  fc.constantFrom('利用', '企画書', ''),
);
const entries = fc.array(fc.tuple(fc.nat(255), text), { maxLength: 3_000 });

test('A table numbers strings as a Map does, before and after it was kept and opened again', () => {
  fc.assert(
    fc.property(entries, entries, (first, later) => {
      const table = createStringTable();
      const known = new Map<string, number>();
      const number = ([kind, name]: [number, string]) => {
        const key = `${kind} ${name}`;
        if (!known.has(key)) known.set(key, known.size);
        return known.get(key);
      };
      for (const entry of first) expect(table.add(...entry)).toBe(number(entry));
      const kept = table.data();
      const opened = createStringTable(kept);
      for (const [kind, name] of later) {
        expect(opened.find(kind, name)).toBe(known.get(`${kind} ${name}`));
      }
      for (const entry of later) expect(opened.add(...entry)).toBe(number(entry));
      expect(opened.size()).toBe(known.size);
      for (const [kind, name] of [...first, ...later]) {
        expect(opened.find(kind, name)).toBe(known.get(`${kind} ${name}`));
        expect(opened.kindOf(known.get(`${kind} ${name}`) ?? -1)).toBe(kind);
      }
      expect(createStringTable(kept).size()).toBe(kept.count);
    }),
    { numRuns: 40 },
  );
});
