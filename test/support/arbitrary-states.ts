/** Cases as people may have brought them about: every state the commands lead to. */
import type fc from 'fast-check';
import type { Case } from '../../src/cases/case.ts';
import { readCommand } from '../../src/cases/command.ts';
import { decide } from '../../src/cases/decide.ts';
import { evolve } from '../../src/cases/evolve.ts';
import { isRefusal } from '../../src/cases/refusal.ts';
import { NOW, rules, STAFF, walk } from './arbitrary-cases.ts';

export const someCase: fc.Arbitrary<Case> = walk
  .map(({ first, later }) => {
    let state: Case | null = null;
    for (const { command, by } of [{ command: first, by: 'UA1' }, ...later]) {
      const as = STAFF.includes(by) ? 'staff' : 'provider';
      const read = readCommand({ ...command, by: { person: by, as }, at: NOW });
      const decided = isRefusal(read) ? read : decide(state, read, rules);
      if (!isRefusal(decided)) for (const event of decided) state = evolve(state, event);
    }
    return state;
  })
  .filter((state) => state !== null);
