/** The isolation matrix, generated: every surface × every person × every aspect, against the rule written out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/cases/case.ts';
import { COMMAND_KINDS, readCommand } from '../../src/cases/command.ts';
import { decide } from '../../src/cases/decide.ts';
import { type CaseEvent, wordsAudience } from '../../src/cases/event.ts';
import { evolve } from '../../src/cases/evolve.ts';
import { isRefusal } from '../../src/cases/refusal.ts';
import {
  ASPECTS,
  mayCommand,
  maySee,
  RELATIONS,
  relationOfPlace,
  relationTo,
  type Viewer,
  viewOfCase,
  viewOfEvents,
} from '../../src/cases/rights.ts';
import { NOW, PROVIDERS, rules, STAFF, walk } from '../support/arbitrary-cases.ts';

const CHANNELS = ['CA', 'CB', 'CGENERAL'];
const cases = walk.map(({ first, later }) => {
  const events: CaseEvent[] = [];
  let current: Case | null = null;
  for (const body of [first, ...later.map(({ command }) => command)]) {
    const command = readCommand({ ...body, by: { person: 'USTAFF1', as: 'staff' }, at: NOW });
    const decided = isRefusal(command) ? command : decide(current, command, rules);
    if (isRefusal(decided)) continue;
    for (const event of decided) current = evolve(current, event);
    events.push(...decided);
  }
  return { current, events };
});
const viewers: fc.Arbitrary<Viewer> = fc.record({
  teamId: fc.constantFrom('T1', 'T2'),
  person: fc.constantFrom(...STAFF, ...PROVIDERS),
  staff: fc.boolean(),
  channels: fc.subarray(CHANNELS),
});

describe('誰が案件を見られるか', () => {
  it('は、職員、連絡先、メンバー、案件のチャンネルの参加者だけで、別のワークスペースの人は誰も見られない', () => {
    fc.assert(
      fc.property(cases, viewers, ({ current }, viewer) => {
        if (current === null) return;
        const belongs =
          [current.primary, current.secondary, ...current.members].includes(viewer.person) ||
          (current.channel !== null && viewer.channels.includes(current.channel));
        const expected = viewer.teamId === 'T1' && (viewer.staff || belongs);
        const relation = relationTo(current, 'T1', viewer);
        expect(relation !== 'outsider').toBe(expected);
        expect(viewOfCase(current, relation) !== null).toBe(expected);
        for (const aspect of ASPECTS) if (!expected) expect(maySee(relation, aspect)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('は、場所でも決まる：他社と共有したチャンネルや無関係なチャンネルには何も出ない', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(...CHANNELS),
        fc.boolean(),
        fc.boolean(),
        ({ current }, channel, extShared, staffOnly) => {
          if (current === null) return;
          const relation = relationOfPlace(current, 'T1', { kind: 'channel', channel, extShared, staffOnly });
          if (extShared) expect(relation).toBe('outsider');
          else if (staffOnly) expect(relation).toBe('staff');
          else expect(relation).toBe(channel === current.channel ? 'member' : 'outsider');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('は、職員だけの記録・言葉・担当・停止の根拠・社内目標が提供者に渡らないように決まる', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom('contact' as const, 'member' as const),
        ({ current, events }, relation) => {
          if (current === null) return;
          const seen = viewOfEvents(events, relation);
          for (const event of seen) {
            if ('text' in event && wordsAudience(event) === 'staff') expect(event.text).toBeNull();
            expect(['ownerChanged', 'sharedWithDepartment', 'investigated', 'consulted']).not.toContain(
              event.kind,
            );
          }
          const view = JSON.stringify([viewOfCase(current, relation), seen]);
          for (const secret of [
            '社内目標',
            '"paragraph"',
            '"owner":"U',
            '"formerOwner"',
            '"audience":"staff"',
            '厚生労働省',
          ]) {
            expect(view).not.toContain(secret);
          }
          expect(viewOfEvents(events, 'outsider')).toEqual([]);
          expect(viewOfEvents(events, 'staff')).toEqual(events);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('誰が何をできるか', () => {
  it('は、操作ごとに決まっていて、提供者と機械にできることは数えられる', () => {
    const may = (as: 'staff' | 'provider' | 'system') => COMMAND_KINDS.filter((kind) => mayCommand(as, kind));
    expect(may('staff')).toEqual(COMMAND_KINDS);
    expect(may('provider')).toEqual(['request', 'moveStep', 'setStepAside', 'takeUpStep', 'addNote', 'ask']);
    expect(may('system')).toEqual(['linkMessage', 'recordMessageEdit', 'recordMessageDeletion']);
    expect(RELATIONS.map((relation) => ASPECTS.filter((aspect) => maySee(relation, aspect)).length)).toEqual([
      5, 3, 3, 0,
    ]);
  });

  it('は、自分が連絡先の案件を自分で承認できないことも含む', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...STAFF), ({ current }, person) => {
        if (current === null) return;
        const mine = {
          ...current,
          members: [...current.members, person],
          closed: null,
          intake: 'accepted' as const,
        };
        const command = readCommand({
          kind: 'approvePlan',
          on: '2026-11-01',
          by: { person, as: 'staff' },
          at: NOW,
        });
        if (isRefusal(command)) throw new Error(command.message);
        expect(decide(mine, command, rules)).toMatchObject({ kind: 'refused', code: 'not-allowed' });
      }),
      { numRuns: 50 },
    );
  });
});
