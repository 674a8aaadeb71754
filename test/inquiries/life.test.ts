/** The life of an inquiry: any order of presses by anybody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, decideInquiry, INQUIRY_COMMANDS } from '../../src/inquiries/decide.ts';
import {
  evolveInquiry,
  type Inquiry,
  type InquiryEvent,
  type InquiryState,
  isOpen,
  replayInquiry,
} from '../../src/inquiries/inquiry.ts';
import { ACTORS, ASKER, type Press, presses } from '../support/arbitrary-inquiries.ts';

const OPENED: InquiryEvent = {
  kind: 'opened',
  answerId: 'A1',
  replyTo: 'thread',
  seq: 1,
  at: 0,
  actor: ASKER.person,
};

/** Everything that happened, and the state after each event. */
function live(all: readonly Press[]): { events: InquiryEvent[]; states: Inquiry[]; refused: Press[] } {
  const events = [OPENED];
  const states = [replayInquiry(events)];
  const refused: Press[] = [];
  for (const press of all) {
    const before = states.at(-1) as Inquiry;
    const decided = decideInquiry(before, press.command, press.actor);
    if (decided.kind === 'refused') {
      expect(decided.message).not.toBe('');
      refused.push(press);
      continue;
    }
    const event = { ...decided, seq: before.version + 1, at: events.length, actor: press.actor.person };
    events.push(event);
    states.push(evolveInquiry(before, event));
  }
  return { events, states, refused };
}

const isStaff = (person: string) => ACTORS.some((actor) => actor.person === person && actor.staff);

describe('whatever is pressed, by whomever, in whatever order', () => {
  it('replaying the record gives the state', () => {
    fc.assert(
      fc.property(presses, (all) => {
        const { events, states } = live(all);
        states.forEach((state, index) => {
          expect(replayInquiry(events.slice(0, index + 1))).toEqual(state);
        });
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      }),
    );
  });

  it('what was refused leaves no trace: without those presses everything is the same', () => {
    fc.assert(
      fc.property(presses, (all) => {
        const { events, refused } = live(all);
        expect(live(all.filter((press) => !refused.includes(press))).events).toEqual(events);
      }),
    );
  });

  it('only the office takes, hands back, replies and drafts; only the asker adds and withdraws', () => {
    fc.assert(
      fc.property(presses, (all) => {
        for (const { kind, actor } of live(all).events.slice(1)) {
          const theirs = kind === 'supplemented' || kind === 'withdrawn';
          expect(theirs ? actor === ASKER.person : isStaff(actor)).toBe(true);
        }
      }),
    );
  });

  it('somebody of the office has it exactly while it is in hand or answered', () => {
    fc.assert(
      fc.property(presses, (all) => {
        for (const { state, owner, replies } of live(all).states) {
          expect(owner !== null).toBe(state === '対応中' || state === '回答済');
          if (owner !== null) expect(isStaff(owner)).toBe(true);
          if (state === '回答済') expect(replies).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('what was withdrawn stays so', () => {
    fc.assert(
      fc.property(presses, (all) => {
        const { events } = live(all);
        const withdrawn = events.findIndex(({ kind }) => kind === 'withdrawn');
        const after = withdrawn < 0 ? [] : events.slice(withdrawn + 1);
        expect(after.filter(({ kind }) => kind !== 'drafted')).toEqual([]);
      }),
    );
  });
});

describe('who may do what', () => {
  const at = (state: InquiryState): Inquiry => {
    const steps: Record<InquiryState, readonly Press[]> = {
      受付: [],
      対応中: [{ actor: ACTORS[2] as Actor, command: { kind: 'take' } }],
      回答済: [{ actor: ACTORS[2] as Actor, command: { kind: 'reply', text: '答え' } }],
      取下げ: [{ actor: ASKER, command: { kind: 'withdraw' } }],
    };
    return live(steps[state]).states.at(-1) as Inquiry;
  };
  const commandOf = (kind: (typeof INQUIRY_COMMANDS)[number]) =>
    kind === 'draft'
      ? { kind, file: 'x.yaml' }
      : kind === 'reply' || kind === 'supplement'
        ? { kind, text: '言葉' }
        : { kind };
  /** [受付, 対応中, 回答済, 取下げ] for the asker, somebody else, its owner, another of the office. */
  const ALLOWED: Record<(typeof INQUIRY_COMMANDS)[number], readonly [string, string, string, string]> = {
    take: ['....', '....', 'o...', 'oo..'],
    handBack: ['....', '....', '.o..', '....'],
    reply: ['....', '....', 'ooo.', 'o...'],
    supplement: ['ooo.', '....', '....', '....'],
    withdraw: ['oo..', '....', '....', '....'],
    draft: ['....', '....', '..o.', '..o.'],
  };
  const STATES = ['受付', '対応中', '回答済', '取下げ'] as const;

  it.each(
    INQUIRY_COMMANDS.flatMap((kind) =>
      ACTORS.flatMap((actor, who) =>
        STATES.map((state, when) => [kind, actor.person, state, ALLOWED[kind][who]?.[when] === 'o'] as const),
      ),
    ),
  )('%s by %s in 「%s」: %s', (kind, person, state, allowed) => {
    const actor = ACTORS.find((one) => one.person === person) as Actor;
    expect(decideInquiry(at(state), commandOf(kind), actor).kind !== 'refused').toBe(allowed);
  });

  it('a further question of the asker after the reply brings it back to whoever replied', () => {
    const answered = at('回答済');
    const decided = decideInquiry(answered, { kind: 'supplement', text: 'さらに' }, ASKER);
    if (decided.kind === 'refused') throw new Error(decided.message);
    const again = evolveInquiry(answered, { ...decided, seq: 3, at: 9, actor: ASKER.person });
    expect(again).toMatchObject({ state: '対応中', owner: 'USTAFF1' });
    expect(isOpen(again)).toBe(true);
  });
});
