import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Case } from '../../src/cases/case.ts';
import { COMMAND_KINDS, type CommandKind, readCommand } from '../../src/cases/command.ts';
import { decide } from '../../src/cases/decide.ts';
import { describeEvent } from '../../src/cases/describe.ts';
import { type CaseEvent, EVENT_KINDS, mapPeople } from '../../src/cases/event.ts';
import { evolve, replay } from '../../src/cases/evolve.ts';
import { isRefusal, type Refusal } from '../../src/cases/refusal.ts';
import type { CommandBody } from '../../src/store/case-request.ts';
import { formatCitation, parseCanonical } from '../../src/terms/citation.ts';
import { STEP_NAMES, stepValue } from '../../src/terms/steps.ts';
import { anyCommand, NOW, rules, STAFF, TODAY, walk } from '../support/arbitrary-cases.ts';

const staff: Actor = { person: 'USTAFF1', as: 'staff' };
const provider: Actor = { person: 'UA1', as: 'provider' };

/** given(commands).when(command): the events or the refusal. Refused givens fail the test. */
function given(...commands: (Record<string, unknown> & { as?: Actor })[]) {
  const events: CaseEvent[] = [];
  for (const { as = staff, ...body } of commands) {
    const decided = give(replay(events), body, as);
    if (isRefusal(decided)) throw new Error(`given is refused: ${decided.message}`);
    events.push(...decided);
  }
  const current = replay(events);
  return {
    current,
    when: (body: Record<string, unknown>, by: Actor = staff) => give(current, body, by),
  };
}

function give(current: Case | null, body: object, by: Actor): readonly CaseEvent[] | Refusal {
  const command = readCommand({ ...body, by, at: NOW });
  return isRefusal(command) ? command : decide(current, command, rules);
}

/** Events that random commands seldom reach. */
const rareWalk: { first: CommandBody; later: { command: CommandBody; by: string }[] } = {
  first: { kind: 'open', company: 'x', caseKind: '新規', apis: { rows: [4], typed: [] } },
  later: (
    [
      { kind: 'moveStep', step: '事前打合せ', to: '完了' },
      { kind: 'approvePlan', on: TODAY },
      { kind: 'withdrawPlanApproval', reason: '誤り' },
      { kind: 'setStepAside', step: '本番環境試験' },
      { kind: 'takeUpStep', step: '本番環境試験' },
      { kind: 'waitFor', step: '本番環境試験', party: '担当室' },
      { kind: 'setDate', subject: '利用申込', on: TODAY, label: { kind: '社内目標' } },
      { kind: 'clearDate', subject: '利用申込' },
      { kind: 'startUse', on: TODAY, despiteUnfinished: true },
      { kind: 'fileNotice', act: '停止', filedOn: TODAY },
      { kind: 'carryOutNotice', act: '停止', on: TODAY },
      { kind: 'fileNotice', act: '再開', filedOn: TODAY },
      { kind: 'withdrawNotice', act: '再開', reason: '延期' },
      { kind: 'stopByOffice', on: TODAY, ground: { paragraph: 3, item: 1 }, text: '事実' },
      { kind: 'liftOfficeStop', on: TODAY, text: '是正' },
      { kind: 'recordConsultation', on: TODAY, text: '協議' },
      { kind: 'recordInvestigation', on: TODAY, text: '調査' },
      { kind: 'ask', text: '質問' },
      { kind: 'answer', question: 1, text: '回答' },
      { kind: 'linkMessage', channel: 'CA', ts: '1.1', text: '本文' },
      { kind: 'recordMessageEdit', channel: 'CA', ts: '1.1', text: '本文二' },
      { kind: 'recordMessageDeletion', channel: 'CA', ts: '1.1' },
      { kind: 'addMember', member: 'UA1' },
      { kind: 'removeMember', member: 'UA1' },
      { kind: 'correctUsage', to: { state: 'not-in-use' }, reason: '誤り' },
      { kind: 'close', outcome: '完了' },
      { kind: 'reopen', reason: '続き' },
    ] satisfies CommandBody[]
  ).map((command) => ({ command, by: 'USTAFF1' })),
};

const open = (rows: number[], caseKind = '新規') => ({
  kind: 'open',
  company: '株式会社あおぞら',
  caseKind,
  apis: { rows, typed: [] },
  primary: 'UA1',
});
const move = (step: string, to: string, reason?: string) => ({ kind: 'moveStep', step, to, reason });

describe('第6条：利用申込と企画書', () => {
  it.each([4, 5, 6, 7, 8, 9])('項番%iの利用申込は、承認された企画書がなければ進まない', (row) => {
    const opened = given(open([row]));
    for (const to of ['提出済', '確認中', '完了']) {
      expect(opened.when(move('利用申込', to))).toMatchObject({ code: 'terms-order', basis: '第6条' });
    }
    expect(opened.when(move('利用申込', '準備中'))).toMatchObject([{ kind: 'stepMoved' }]);
    expect(opened.when({ kind: 'approvePlan', on: TODAY })).toMatchObject({
      code: 'terms-order',
      basis: '第6条',
    });
    const met = given(open([row]), move('事前打合せ', '完了'), { kind: 'approvePlan', on: TODAY });
    expect(met.when(move('利用申込', '提出済'))).toMatchObject([{ kind: 'stepMoved', waiting: '担当室' }]);
  });

  it.each([1, 2, 3, 10, 11, 12, 13, 14, 15, 16, 17])(
    '項番%iの利用申込に企画書は要らない（第16条第2項）',
    (row) => {
      const opened = given(open([row]));
      expect(opened.when(move('利用申込', '提出済'))).toMatchObject([{ kind: 'stepMoved' }]);
      expect(opened.when({ kind: 'approvePlan', on: TODAY })).toMatchObject({ basis: '第16条第2項' });
    },
  );

  it('提出したあとで企画書の要るAPIを加えることはできない', () => {
    const submitted = given(open([16]), move('利用申込', '提出済'));
    expect(submitted.when({ kind: 'chooseApis', apis: { rows: [4, 16], typed: [] } })).toMatchObject({
      basis: '第6条',
    });
  });
});

describe('手順', () => {
  it('は、第16条が外すものだけが対象外で、131,071通りのどれでもその条を持つ', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 17 }), { minLength: 1 }), (rows) => {
        const { current } = given(open(rows));
        for (const name of STEP_NAMES) {
          const step = current?.steps.find((one) => one.name === name);
          const verdict = stepValue(rules.steps, name, rows);
          expect(step?.need).toBe(verdict.value);
          if (verdict.value === 'not_required') {
            expect(step).toMatchObject({ state: '対象外', aside: 'exempt' });
            expect(step?.basis).toMatch(/^第16条第[1-3]項$/);
            expect(give(current, { kind: 'takeUpStep', step: name }, staff)).toMatchObject({
              basis: step?.basis,
            });
          }
        }
      }),
    );
  });

  it('は並行して進み、順は規約が定めるところだけで守られる', () => {
    const { current } = given(open([1]));
    for (const step of current?.steps ?? []) {
      if (step.state === '対象外') continue;
      expect(give(current, move(step.name, '完了'), staff)).toMatchObject([{ to: '完了', waiting: null }]);
    }
  });

  it('を戻すには理由が要り、差し戻せるのは提出済か確認中だけ', () => {
    const done = given(open([1]), move('仕様書開示申請', '完了'));
    expect(done.when(move('仕様書開示申請', '確認中'))).toMatchObject({ code: 'invalid' });
    expect(done.when(move('仕様書開示申請', '確認中', '様式が古い'))).toMatchObject([
      { reason: '様式が古い' },
    ]);
    expect(done.when(move('仕様書開示申請', '差戻し', '様式が古い'))).toMatchObject({ code: 'wrong-state' });
  });

  it('を提供者が動かせるのは、準備と提出だけ', () => {
    const opened = given(open([1]));
    expect(opened.when(move('仕様書開示申請', '提出済'), provider)).toMatchObject([
      { to: '提出済', waiting: '担当室' },
    ]);
    expect(opened.when(move('仕様書開示申請', '完了'), provider)).toMatchObject({ code: 'not-allowed' });
    expect(opened.when({ kind: 'setStepAside', step: '本番環境試験' }, provider)).toMatchObject([
      { kind: 'stepSetAside', ground: 'declined', basis: '第7条' },
    ]);
    expect(opened.when({ kind: 'setStepAside', step: '利用申込' }, provider)).toMatchObject({
      basis: '第6条',
    });
  });
});

describe('第9条と第11条', () => {
  const inUse = [open([16]), { kind: 'startUse', on: '2026-11-01', despiteUnfinished: true }];
  const stop = {
    kind: 'stopByOffice',
    on: TODAY,
    ground: { paragraph: 2, item: 1, found: '行うおそれ' },
    text: '事実',
  };

  it('停止・再開・終了には、あらかじめ届出が要る', () => {
    const using = given(...inUse);
    expect(using.when({ kind: 'carryOutNotice', act: '停止', on: TODAY })).toMatchObject({ basis: '第9条' });
    expect(
      using.when({ kind: 'fileNotice', act: '停止', filedOn: TODAY, plannedOn: '2026-11-01' }),
    ).toMatchObject({ code: 'terms-order', basis: '第9条' });
    const filed = given(...inUse, { kind: 'fileNotice', act: '停止', filedOn: '2026-11-10' });
    expect(filed.when({ kind: 'carryOutNotice', act: '停止', on: '2026-11-09' })).toMatchObject({
      basis: '第9条',
    });
    expect(filed.when({ kind: 'carryOutNotice', act: '停止', on: '2026-11-12' })).toMatchObject([
      { kind: 'noticeCarriedOut' },
      { kind: 'stepMoved', step: '停止再開終了届出', to: '完了' },
    ]);
  });

  it('担当室による停止は根拠とともに残り、再開の届出では解けない', () => {
    const stopped = given(...inUse, stop);
    expect(stopped.current?.usage).toMatchObject({
      state: 'stopped-by-office',
      ground: stop.ground,
      before: 'in-use',
    });
    expect(stopped.when({ kind: 'fileNotice', act: '再開', filedOn: TODAY })).toMatchObject({
      basis: '第11条',
    });
    const lifted = given(...inUse, stop, { kind: 'liftOfficeStop', on: TODAY, text: '是正された' });
    expect(lifted.current?.usage).toEqual({ state: 'in-use', since: TODAY });
    expect(given(open([16])).when(stop)).toMatchObject({ code: 'wrong-state', basis: '第11条第2項' });
  });

  it('現地調査等は、協議の記録があって初めて記録できる（第11条第4項）', () => {
    const investigation = { kind: 'recordInvestigation', on: TODAY, text: '確認した' };
    expect(given(...inUse).when(investigation)).toMatchObject({ basis: '第11条第4項' });
    const consulted = given(...inUse, { kind: 'recordConsultation', on: TODAY, text: '日程を協議' });
    expect(consulted.when(investigation)).toMatchObject([{ kind: 'investigated' }]);
  });
});

describe('日付', () => {
  it('に「規約」と書けるのは第9条だけ：ほかの条は時期を定めない', () => {
    for (let article = 1; article <= 16; article += 1) {
      const label = {
        kind: '規約',
        clause: formatCitation({ kind: 'provision', article, paragraph: null, item: null }),
      };
      const decided = given(open([1])).when({
        kind: 'setDate',
        subject: '利用申込',
        on: '2027-04-01',
        label,
      });
      expect(isRefusal(decided)).toBe(article !== 9);
    }
  });
});

describe('空欄', () => {
  it('は変更なし、消すのは明示したときだけ', () => {
    const opened = given({ ...open([1]), service: 'あおぞら健康' });
    expect(opened.when({ kind: 'amend', company: ' ', service: '' })).toMatchObject({
      code: 'nothing-to-change',
    });
    expect(opened.when({ kind: 'amend', clear: ['service'] })).toMatchObject([
      { changes: [{ field: 'service', from: 'あおぞら健康', to: null }] },
    ]);
    expect(opened.when({ kind: 'amend', service: 'x', clear: ['service'] })).toMatchObject({
      code: 'invalid',
    });
  });
});

describe('長い文章と見えない文字', () => {
  it('は、10,000文字まで受け、超えたら字数を言って断る', () => {
    const opened = given(open([1]));
    const note = (text: string) => opened.when({ kind: 'addNote', audience: 'shared', text });
    expect(note('👩‍👩‍👧‍👦'.repeat(1_000))).toMatchObject([{ kind: 'noteAdded' }]);
    expect(note('あ'.repeat(10_000))).toMatchObject([{ text: 'あ'.repeat(10_000) }]);
    expect(note('あ'.repeat(10_001))).toMatchObject({ message: expect.stringContaining('10,001文字') });
  });

  it('は、名前の向きを変えられない', () => {
    const { current } = given({ ...open([1]), company: '\u202e株式会社\u2066あお\nぞら\u0000' });
    expect(current?.company).toBe('株式会社あお ぞら');
  });
});

describe('どんな操作の列でも', () => {
  it('出来事を再生すると同じ案件になり、断られた操作は何も残さない', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(walk, ({ first, later }) => {
        const events: CaseEvent[] = [];
        let current: Case | null = null;
        for (const { command, by } of [{ command: first, by: 'USTAFF1' }, ...later]) {
          const as = STAFF.includes(by) ? 'staff' : 'provider';
          const before: string = JSON.stringify(current);
          const decided = give(current, command, { person: by, as });
          expect(JSON.stringify(current)).toBe(before);
          if (isRefusal(decided)) {
            expect(decided.message).toMatch(/[ぁ-ん]/);
            if (decided.basis !== null) expect(parseCanonical(decided.basis)).not.toBeNull();
            continue;
          }
          expect(decided.length).toBeGreaterThan(0);
          for (const event of decided) {
            reached.add(event.kind);
            current = evolve(current, event);
            expect(describeEvent(event, (person) => `<@${person}>`)).toMatch(/。|理由：/);
          }
          events.push(...decided);
          if (current !== null) holds(current);
        }
        expect(replay(events)).toEqual(current);
      }),
      { numRuns: 600, examples: [[rareWalk]] },
    );
    // Every event can come about by commands: none is dead.
    expect(EVENT_KINDS.filter((kind) => !reached.has(kind) && kind !== 'termsAdopted')).toEqual([]);
  });

  it('壊れた値は、読み取りの入口で断る', () => {
    fc.assert(
      fc.property(anyCommand, fc.anything(), fc.nat(), (command, junk, pick) => {
        const keys = Object.keys(command);
        const key = keys[pick % keys.length] ?? 'kind';
        const read = readCommand({ ...command, [key]: junk, by: staff, at: NOW });
        if (isRefusal(read)) expect(read.message).toMatch(/[ぁ-ん]/);
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
    );
    for (const command of [null, undefined, 'open', [], { kind: '__proto__' }, { kind: 'open' }]) {
      expect(isRefusal(readCommand(command))).toBe(true);
    }
  });

  it('人の置き換えは、戻せば元どおりで、ほかの値に触れない', () => {
    fc.assert(
      fc.property(walk, ({ first }) => {
        const decided = give(null, first, staff);
        if (isRefusal(decided)) return;
        const there = mapPeople(decided, (person) => `P-${person}`);
        expect(JSON.stringify(there)).not.toMatch(/"U[A-Z0-9]+"/);
        expect(mapPeople(there, (person) => person.slice(2))).toEqual(decided);
      }),
    );
  });
});

/** What is true of every case, whatever was done to it. */
function holds(current: Case): void {
  expect(current.steps.map(({ name }) => name)).toEqual(STEP_NAMES);
  for (const step of current.steps) {
    expect(step.aside !== null).toBe(step.state === '対象外');
    if (step.state === '対象外' || step.state === '完了') expect(step.waiting).toBeNull();
    expect(parseCanonical(step.basis)).not.toBeNull();
  }
  const plan = current.steps.find(({ name }) => name === '企画書添付');
  const application = current.steps.find(({ name }) => name === '利用申込');
  if (plan?.state !== '対象外' && current.planApprovedOn === null) {
    expect(['未着手', '準備中', '対象外']).toContain(application?.state);
  }
  for (const act of ['停止', '再開', '終了']) {
    expect(
      current.notices.filter((notice) => notice.act === act && notice.carriedOutOn === null).length,
    ).toBeLessThan(2);
  }
  expect(new Set(current.dates.map(({ subject }) => subject)).size).toBe(current.dates.length);
}

const everyKind: readonly CommandKind[] = COMMAND_KINDS;
it.each(everyKind)('「%s」は、案件がないところでは受けないか、案件を始める', (kind) => {
  fc.assert(
    fc.property(
      anyCommand.filter((command: CommandBody) => command.kind === kind),
      (command) => {
        const decided = give(null, command, staff);
        if (!isRefusal(decided)) expect(['open', 'request']).toContain(kind);
      },
    ),
    { numRuns: 3 },
  );
});
