/** Nobody hears of another's inquiry: every surface of inquiries and of what is missing × everybody who may press there. */
import { randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Call, Edge } from '../../src/slack/edge.ts';
import { officeChannel } from '../../src/slack/inquiry-desk.ts';
import { caseByCommand } from '../../src/slack/listeners/case-typed.ts';
import { draftChange, submitChange } from '../../src/slack/listeners/changes.ts';
import {
  askOffice,
  handBackInquiry,
  openInquiry,
  openReply,
  openSupplement,
  submitInquiry,
  submitReply,
  submitSupplement,
  takeInquiry,
  withdrawInquiry,
} from '../../src/slack/listeners/inquiries.ts';
import { exportMissing, listMissing, openMissing } from '../../src/slack/listeners/missing.ts';
import { whyAnswer } from '../../src/slack/listeners/why.ts';
import { articlePages } from '../../src/slack/views/article-pages.ts';
import { createAnswerStore } from '../../src/store/answer-store.ts';
import { createAskedQuestions } from '../../src/store/asked-questions.ts';
import { createCaseStore } from '../../src/store/case-store.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createFeedbackStore } from '../../src/store/feedback-store.ts';
import { createInquiryStore } from '../../src/store/inquiry-store.ts';
import { createPersonPrivacy } from '../../src/store/person-privacy.ts';
import { createResponseStore } from '../../src/store/response-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { NOW, rules } from '../support/case-rules.ts';
import { inquiryDeskOf } from '../support/desk.ts';
import { guiding } from '../support/guiding.ts';
import { likeness } from '../support/likeness.ts';
import { remindingOn } from '../support/reminding.ts';
import { scriptedAnswers, version } from '../support/scripted-answers.ts';
import { terms } from '../terms/held.ts';

const TEAM = 'T01';
const QUESTION = '秘密の手数料の質問';
const NOTE = '内密の補足';
const REPLY = '内密の返事';
const INQUIRY = 'Q-00001';
const SECRETS = new RegExp([QUESTION, NOTE, REPLY].join('|'));

interface Somebody {
  readonly who: string;
  readonly person: string;
  readonly team: string;
  readonly sees: 'everything' | 'theirs' | 'nothing';
}
const EVERYBODY: readonly Somebody[] = [
  { who: 'staff', person: 'USTAFF1', team: TEAM, sees: 'everything' },
  { who: 'the asker', person: 'UASKER', team: TEAM, sees: 'theirs' },
  { who: 'somebody else', person: 'UOTHER', team: TEAM, sees: 'nothing' },
  { who: 'staff of another workspace', person: 'USTAFF1', team: 'T02', sees: 'nothing' },
  { who: 'the same id in another workspace', person: 'UASKER', team: 'T02', sees: 'nothing' },
];

let db: Kysely<Tables>;
const saved: string[] = [];

beforeAll(async () => {
  db = await openDatabase(':memory:');
});
afterAll(() => db.destroy());

/** A private answer, taken to the office and replied to. */
beforeEach(async () => {
  await db.destroy();
  db = await openDatabase(':memory:');
  saved.length = 0;
  const asked = { teamId: TEAM, userId: 'UASKER', question: QUESTION, versionId: version.id, askedAt: NOW };
  const nowhere = { channel: null, threadTs: null, messageTs: null };
  const { answers } = scriptedAnswers().answer(QUESTION);
  const store = createAnswerStore(db);
  await store.keep({ ...asked, ...nowhere, id: 'A1', sourceKey: 'command:1', answers });
  await store.keep({
    ...asked,
    id: 'A2',
    sourceKey: 'event:2',
    answers,
    channel: 'D0ASKER',
    threadTs: null,
    messageTs: '1.1',
  });
  const inquiries = createInquiryStore(db, randomUUID);
  const opening = { teamId: TEAM, asker: 'UASKER', answerId: 'A1', replyTo: 'person', place: null } as const;
  await inquiries.open({ ...opening, note: NOTE, now: NOW, sourceKey: 'view:1' });
  await inquiries.carryOut({
    teamId: TEAM,
    actor: { person: 'USTAFF2', staff: true },
    id: INQUIRY,
    expected: null,
    command: { kind: 'reply', text: REPLY },
    now: NOW,
    sourceKey: 'view:2',
  });
});

/** Everything that reaches somebody's screen, as text. */
function stage({ team }: Somebody) {
  const shown: unknown[] = [];
  const client = recorder(shown) as webApi.WebClient;
  const call: Call = {
    teamId: team,
    key: `test:${randomUUID()}`,
    attempt: 1,
    client,
    respond: async (said) => {
      shown.push(said);
      return Response.json({ ok: true });
    },
  };
  const inquiries = inquiryDeskOf(createInquiryStore(db, randomUUID));
  const edge: Edge = {
    answering: scriptedAnswers(),
    terms,
    pages: articlePages(terms),
    version,
    answers: createAnswerStore(db),
    feedback: createFeedbackStore(db),
    conversations: createResponseStore(db),
    guiding,
    desk: {
      store: createCaseStore(db, { apiNames: new Map(), newId: randomUUID }),
      rules,
      // The other workspace has no staff of ours, whatever its user ids are.
      staff: {
        configured: true,
        channel: 'C0OFFICE',
        isStaff: async (person) => team === TEAM && person.startsWith('USTAFF'),
        knowStaff: async (person) => team === TEAM && person.startsWith('USTAFF'),
      },
      log: () => {},
      apiNames: new Map(),
      channels: { standingOf: async () => 'unknown', channelsOf: async () => [] },
      cards: { touch: () => {} },
      privacy: createPersonPrivacy(db, randomUUID),
    },
    silence: async () => {},
    inquiries: { ...inquiries, saveChange: async (_, text) => void saved.push(text) },
    missing: { questions: createAskedQuestions(db), likeness },
    reminding: remindingOn(db),
    posts: { post: async () => '1.1' },
    now: () => NOW,
    newId: randomUUID,
  };
  return { edge, call, text: () => JSON.stringify(shown), shown };
}

function recorder(shown: unknown[]): unknown {
  const answer = async (given: unknown) => {
    shown.push(given);
    return { ok: true, channel: 'D01', ts: '1.1', members: [], view: { id: 'V9' } };
  };
  return new Proxy(answer, { get: (_, key) => (key === 'then' ? undefined : recorder(shown)) });
}

const pressed = (person: string, value: string) => ({
  user: { id: person },
  trigger_id: 't',
  container: { is_ephemeral: false },
  actions: [{ value }] as [{ value: string }],
});
const submitted = (person: string, metadata: string) => ({
  user: { id: person },
  view: {
    id: 'V1',
    private_metadata: metadata,
    state: {
      values: {
        words: { words: { value: '言葉' } },
        target: { target: { selected_option: { value: 'provision 第9条' } } },
        asksJa: { asksJa: { value: 'なに' } },
      },
    },
  },
});

type Surface = (edge: Edge, call: Call, person: string) => Promise<unknown>;
const LOOKING: Readonly<Record<string, Surface>> = {
  'askOffice about the private answer': (edge, call, person) => askOffice(edge, call, pressed(person, 'A1')),
  'askOffice about the direct message': (edge, call, person) => askOffice(edge, call, pressed(person, 'A2')),
  'why of the private answer': (edge, call, person) => whyAnswer(edge, call, pressed(person, 'A1')),
  'why of the direct message': (edge, call, person) => whyAnswer(edge, call, pressed(person, 'A2')),
  openInquiry: (edge, call, person) => openInquiry(edge, call, pressed(person, INQUIRY)),
  openReply: (edge, call, person) => openReply(edge, call, pressed(person, `${INQUIRY}:2`)),
  openSupplement: (edge, call, person) => openSupplement(edge, call, pressed(person, `${INQUIRY}:2`)),
  ...Object.fromEntries(
    ['menu', 'paraphrase', 'gap', 'topic'].flatMap((kind): [string, Surface][] => [
      [
        `draft ${kind}`,
        (edge, call, person) => draftChange(edge, call, pressed(person, `${INQUIRY}:${kind}`)),
      ],
      [
        `draft ${kind} of a group`,
        (edge, call, person) => draftChange(edge, call, pressed(person, `A1:${kind}`)),
      ],
    ]),
  ),
  listMissing: (edge, call, person) => listMissing(edge, call, pressed(person, '0')),
  openMissing: (edge, call, person) => openMissing(edge, call, pressed(person, 'A1')),
  exportMissing: (edge, call, person) => exportMissing(edge, call, pressed(person, 'all')),
  '/anken 質問': (edge, call, person) =>
    caseByCommand(edge, call, { user_id: person, channel_id: 'C0ROOM', trigger_id: 't', text: '質問' }),
};
const CHANGING: Readonly<Record<string, Surface>> = {
  take: (edge, call, person) => takeInquiry(edge, call, pressed(person, `${INQUIRY}:2`)),
  handBack: (edge, call, person) => handBackInquiry(edge, call, pressed(person, `${INQUIRY}:2`)),
  withdraw: (edge, call, person) => withdrawInquiry(edge, call, pressed(person, `${INQUIRY}:2`)),
  submitReply: (edge, call, person) => submitReply(edge, call, submitted(person, `${INQUIRY}:2`)),
  submitSupplement: (edge, call, person) => submitSupplement(edge, call, submitted(person, `${INQUIRY}:2`)),
  'submitInquiry about the private answer': (edge, call, person) =>
    submitInquiry(edge, call, submitted(person, 'A1')),
  'submitInquiry about the direct message': (edge, call, person) =>
    submitInquiry(edge, call, submitted(person, 'A2')),
  submitChange: (edge, call, person) => submitChange(edge, call, submitted(person, `${INQUIRY}:paraphrase`)),
};

const record = async () => {
  const [inquiries, events, words] = await Promise.all([
    db.selectFrom('inquiries').selectAll().execute(),
    db.selectFrom('inquiry_events').selectAll().execute(),
    db.selectFrom('inquiry_words').selectAll().execute(),
  ]);
  return JSON.stringify([inquiries, events, words, saved]);
};
const refusals = async () =>
  (await db.selectFrom('inquiry_refusals').select('id').execute()).length +
  (await db.selectFrom('case_refusals').select('id').execute()).length;

describe.each(EVERYBODY)('$who', (somebody) => {
  test.each(Object.entries(LOOKING))('%s shows what is theirs and nothing else', async (name, surface) => {
    const { edge, call, text, shown } = stage(somebody);
    const before = await record();
    await surface(edge, call, somebody.person);
    expect(shown.length).toBeGreaterThan(0);
    if (somebody.sees === 'nothing') expect(text()).not.toMatch(SECRETS);
    // The asker never learns who of the office has it.
    if (somebody.sees !== 'everything') expect(text()).not.toMatch(/USTAFF2/);
    if (somebody.sees !== 'everything' && /draft|issing|質問/.test(name)) {
      expect(text()).not.toMatch(SECRETS);
      expect(await refusals()).toBeGreaterThan(0);
    }
    expect(await record()).toBe(before);
  });

  test.each(Object.entries(CHANGING))(
    'a forged %s changes nothing and is written down',
    async (name, surface) => {
      const theirs = somebody.sees === 'everything' ? /Change/ : /Supplement|submitInquiry/;
      if (somebody.sees !== 'nothing' && theirs.test(name)) return;
      const { edge, call, text } = stage(somebody);
      const before = { record: await record(), refusals: await refusals() };
      const answer = await surface(edge, call, somebody.person);
      if (somebody.sees === 'nothing')
        expect(`${text()}${JSON.stringify(answer ?? null)}`).not.toMatch(SECRETS);
      expect(await record()).toBe(before.record);
      expect(await refusals()).toBe(before.refusals + 1);
    },
  );

  test.each(['', 'x'.repeat(500), '__proto__', `${INQUIRY}:abc`, 'Q-99999:1', `${INQUIRY}:2:3`])(
    'the value %j stops nothing and shows nothing that is not theirs',
    async (value) => {
      const surfaces = [
        openInquiry,
        openReply,
        openSupplement,
        takeInquiry,
        draftChange,
        whyAnswer,
        askOffice,
      ];
      for (const surface of surfaces) {
        const { edge, call, text } = stage(somebody);
        await surface(edge, call, pressed(somebody.person, value));
        if (somebody.sees === 'nothing') expect(text()).not.toMatch(SECRETS);
      }
    },
  );
});

test('the office and the asker do see it: the matrix is no proof of blindness', async () => {
  for (const somebody of EVERYBODY.filter(({ sees }) => sees !== 'nothing')) {
    const { edge, call, text } = stage(somebody);
    await openInquiry(edge, call, pressed(somebody.person, INQUIRY));
    expect(text()).toContain(REPLY);
  }
  const [staff] = EVERYBODY;
  const { edge, call } = stage(staff as Somebody);
  await submitChange(edge, call, submitted('USTAFF1', `${INQUIRY}:paraphrase`));
  expect(saved.join('')).toContain('第9条');
});

test('an answer that its asker shared may be taken to the office by whoever read it; the reply is for them alone', async () => {
  await createAnswerStore(db).claimShare(TEAM, 'A1', NOW);
  const other = EVERYBODY[2] as Somebody;
  const { edge, call, text } = stage(other);
  await askOffice(edge, call, pressed(other.person, 'A1'));
  expect(text()).toContain('返事は、あなただけに届きます');
});

test.each([
  [{ is_ext_shared: false, is_member: true }, 'C1'],
  [{ is_ext_shared: true, is_member: true }, null],
  [{ is_ext_shared: false, is_member: false }, null],
  [{}, null],
  [undefined, null],
])('the office of %j can be written to: %s', async (channel, expected) => {
  const client = { conversations: { info: async () => ({ ok: true, channel }) } };
  expect(await officeChannel('C1', client as unknown as webApi.WebClient)).toBe(expected);
});
