/** Nobody sees another's case: every surface of the cases × everybody who may press there, forged or not. */
import { randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/cases/rights.ts';
import type { ChannelDirectory } from '../../src/slack/channels.ts';
import type { Call, Edge } from '../../src/slack/edge.ts';
import { openForm, openMore, submitForm } from '../../src/slack/listeners/case-forms.ts';
import { askWhichCase, recordMessages, submitRecord } from '../../src/slack/listeners/case-messages.ts';
import { carryOutPerson, submitPerson } from '../../src/slack/listeners/case-privacy.ts';
import { requestCase } from '../../src/slack/listeners/case-request.ts';
import { caseByCommand } from '../../src/slack/listeners/case-typed.ts';
import {
  exportCases,
  listCases,
  openCase,
  openHistory,
  pickList,
  submitSearch,
} from '../../src/slack/listeners/cases.ts';
import { openHome } from '../../src/slack/listeners/home.ts';
import { VERBS } from '../../src/slack/typed-case.ts';
import { articlePages } from '../../src/slack/views/article-pages.ts';
import { CASE_FORMS, type FormName } from '../../src/slack/views/case-forms.ts';
import { createAnswerStore } from '../../src/store/answer-store.ts';
import { createAskedQuestions } from '../../src/store/asked-questions.ts';
import { type CaseStore, createCaseStore } from '../../src/store/case-store.ts';
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
const OFFICE: Viewer = { teamId: TEAM, person: 'USTAFF1', staff: true, channels: [] };
const SECRET = '秘密甲社';
const INNER = '内輪の言葉';
const CASE = 'K-00001';
const CHANNEL = 'CALPHA1';
/** As Slack would say it: the other workspace knows nobody of ours. */
const channels: ChannelDirectory = {
  standingOf: async () => 'ours',
  channelsOf: async (person) => (['UALPHA3', 'USTAFF1'].includes(person) ? [CHANNEL] : ['COTHER1']),
};

interface Somebody {
  readonly who: string;
  readonly person: string;
  readonly team: string;
  readonly sees: 'everything' | 'shared' | 'nothing';
}
const EVERYBODY: readonly Somebody[] = [
  { who: 'staff', person: 'USTAFF1', team: TEAM, sees: 'everything' },
  { who: 'the contact', person: 'UALPHA1', team: TEAM, sees: 'shared' },
  { who: 'a member', person: 'UALPHA2', team: TEAM, sees: 'shared' },
  { who: 'somebody in the channel of the case', person: 'UALPHA3', team: TEAM, sees: 'shared' },
  { who: 'somebody who left the channel', person: 'ULEFT1', team: TEAM, sees: 'nothing' },
  { who: 'another provider', person: 'UBETA1', team: TEAM, sees: 'nothing' },
  { who: 'an outsider', person: 'UNOBODY1', team: TEAM, sees: 'nothing' },
  { who: 'staff of another workspace', person: 'USTAFF1', team: 'T02', sees: 'nothing' },
  { who: 'a contact of another workspace', person: 'UALPHA1', team: 'T02', sees: 'nothing' },
];
const FORMS = Object.keys(CASE_FORMS) as FormName[];

let db: Kysely<Tables>;
let store: CaseStore;

beforeAll(async () => {
  db = await openDatabase(':memory:');
  store = createCaseStore(db, { apiNames: new Map(), newId: randomUUID });
  const opened = { kind: 'open', caseKind: '新規', apis: { rows: [4], typed: [] } };
  await act(null, {
    ...opened,
    company: SECRET,
    primary: 'UALPHA1',
    members: ['UALPHA2'],
    owner: 'USTAFF2',
    channel: CHANNEL,
  });
  await act(null, { ...opened, company: '乙社', primary: 'UBETA1' });
  await act(CASE, { kind: 'addNote', audience: 'staff', text: INNER });
  await act(CASE, { kind: 'startUse', on: '2026-11-01', despiteUnfinished: true });
});
afterAll(() => db.destroy());

async function act(id: string | null, command: Readonly<Record<string, unknown>>): Promise<void> {
  const request = { asker: OFFICE, id, expected: null, command, rules, now: NOW, sourceKey: null };
  expect((await store.carryOut(request)).kind).toBe('done');
}

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
      store,
      rules,
      // The other workspace has no staff of ours, whatever its user ids are.
      staff: {
        configured: true,
        channel: null,
        isStaff: async (person) => team === TEAM && person.startsWith('USTAFF'),
        knowStaff: async (person) => team === TEAM && person.startsWith('USTAFF'),
      },
      log: () => {},
      apiNames: new Map(),
      channels,
      cards: { touch: () => {} },
      privacy: createPersonPrivacy(db, randomUUID),
    },
    inquiries: inquiryDeskOf(createInquiryStore(db, randomUUID)),
    missing: { questions: createAskedQuestions(db), likeness },
    silence: async () => {},
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
    return { ok: true, channel: 'D01', ts: '1.1' };
  };
  return new Proxy(answer, { get: (_, key) => (key === 'then' ? undefined : recorder(shown)) });
}

const pressed = (person: string, value: string) => ({
  user: { id: person },
  trigger_id: 't',
  container: { is_ephemeral: false },
  actions: [{ value }] as [{ value: string }],
});
const picked = (person: string, value: string) => ({
  user: { id: person },
  trigger_id: 't',
  view: { id: 'V1', type: 'modal' as const, private_metadata: '' },
  container: { is_ephemeral: false },
  actions: [{ selected_option: { value } }] as [{ selected_option: { value: string } }],
});
const submitted = (person: string, metadata: string, values = {}) => ({
  user: { id: person },
  view: { id: 'V1', private_metadata: metadata, state: { values } },
});
const typed = (person: string, text: string) => ({
  user_id: person,
  channel_id: CHANNEL,
  trigger_id: 't',
  text,
});
const pointedAt = (person: string, channel: string) => ({
  user: { id: person },
  channel: { id: channel },
  trigger_id: 't',
  message: { text: '発言', ts: '1.1' },
});
const recording = (person: string, id: string, channel: string) => ({
  user: { id: person },
  view: {
    id: 'V1',
    private_metadata: JSON.stringify({ channel, ts: '1.1', root: '1.1' }),
    state: { values: { case: { case: { selected_option: { value: id } } } } },
  },
});
const aboutPerson = (person: string, act: string) => ({
  user: { id: person },
  view: {
    id: 'V1',
    private_metadata: '',
    state: {
      values: {
        person: { person: { selected_user: 'UBETA1' } },
        act: { act: { selected_option: { value: act } } },
        confirm: { confirm: { value: '' } },
      },
    },
  },
});

type Surface = (edge: Edge, call: Call, person: string) => Promise<unknown>;
const SURFACES: Readonly<Record<string, Surface>> = {
  'openCase of the case': (edge, call, person) => openCase(edge, call, pressed(person, CASE)),
  openHistory: (edge, call, person) => openHistory(edge, call, pressed(person, CASE)),
  'a page of openHistory': (edge, call, person) => openHistory(edge, call, pressed(person, `${CASE}:99`)),
  listCases: (edge, call, person) => listCases(edge, call, pressed(person, 'すべて')),
  'a forged page of listCases': (edge, call, person) =>
    listCases(edge, call, pressed(person, `会社 ${SECRET}|0|`)),
  pickList: (edge, call, person) => pickList(edge, call, picked(person, '項番4')),
  submitSearch: (edge, call, person) =>
    submitSearch(edge, call, submitted(person, '', { words: { words: { value: SECRET } } })),
  exportCases: (edge, call, person) => exportCases(edge, call, pressed(person, 'all')),
  requestCase: (edge, call, person) => requestCase(edge, call, pressed(person, CASE)),
  'the message shortcut in the channel of the case': (edge, call, person) =>
    askWhichCase(edge, call, pointedAt(person, CHANNEL)),
  'the message shortcut elsewhere': (edge, call, person) =>
    askWhichCase(edge, call, pointedAt(person, 'COTHER1')),
  'a forged message for the case': (edge, call, person) =>
    submitRecord(edge, call, recording(person, CASE, 'COTHER1')),
  'a message for the case': (edge, call, person) =>
    submitRecord(edge, call, recording(person, CASE, CHANNEL)),
  'taking out a person': (edge, call, person) => submitPerson(edge, call, aboutPerson(person, 'export')),
  Home: (edge, call, person) => openHome(edge, call, { user: person, channel: 'D01', tab: 'home' }),
  ...Object.fromEntries(
    [
      ...['', '一覧', CASE, `経過 ${CASE}`, '甲社', 'CSV', '新規', '個人', `検索 ${SECRET}`, `表示 ${CASE}`],
      ...VERBS.flatMap(({ words: [word = ''] }) => [word, `${word} ${CASE}`, `${word} ${CASE} ？`]),
    ].map((text): [string, Surface] => [
      `/anken ${text}`,
      (edge, call, person) => caseByCommand(edge, call, typed(person, text)),
    ]),
  ),
  ...Object.fromEntries(
    FORMS.flatMap((form): [string, Surface][] => [
      [
        `openForm ${form}`,
        (edge, call, person) => openForm(edge, call, pressed(person, `${CASE}:0:${form}`)),
      ],
      [`openMore ${form}`, (edge, call, person) => openMore(edge, call, picked(person, `${CASE}:0:${form}`))],
    ]),
  ),
};

const states = () => db.selectFrom('cases').select(['id', 'version']).orderBy('id').execute();
const people = () => db.selectFrom('people').select('user_id').where('user_id', 'is not', null).execute();
const refusals = async () => (await db.selectFrom('case_refusals').select('id').execute()).length;

describe.each(EVERYBODY)('$who', (somebody) => {
  test.each(Object.entries(SURFACES))('%s shows what is theirs and nothing else', async (_, surface) => {
    const { edge, call, text, shown } = stage(somebody);
    const answer = await surface(edge, call, somebody.person);
    const all = `${text()}${JSON.stringify(answer ?? null)}`;
    expect(shown.length + (answer === undefined ? 0 : 1)).toBeGreaterThan(0);
    if (somebody.sees === 'nothing') expect(all).not.toContain(SECRET);
    if (somebody.sees !== 'everything') expect(all).not.toMatch(new RegExp(`${INNER}|USTAFF2`));
    expect((await states()).map(({ id }) => id)).toEqual(['K-00001', 'K-00002']);
  });

  test.each(FORMS.filter((form) => CASE_FORMS[form].standing !== 'opening'))(
    'a forged %s on the case is refused and recorded unless it is theirs to send',
    async (form) => {
      const { standing } = CASE_FORMS[form];
      const theirs =
        (somebody.sees === 'everything' && standing === 'staff') ||
        (somebody.sees === 'shared' && standing === 'provider');
      if (theirs) return;
      const before = { states: await states(), refusals: await refusals() };
      const { edge, call } = stage(somebody);
      const memory = { form, id: CASE, version: 4, parent: null };
      const values = Object.fromEntries(
        ['step', 'to', 'reason', 'text', 'on', 'owner', 'audience'].map((name) => [
          name,
          { [name]: { value: name === 'on' ? '今日' : '提出済' } },
        ]),
      );
      const answer = await submitForm(edge, call, submitted(somebody.person, JSON.stringify(memory), values));
      expect(JSON.stringify(answer)).not.toContain(SECRET);
      expect(await states()).toEqual(before.states);
      expect(await refusals()).toBe(before.refusals + 1);
    },
  );

  test('nothing is taken into a case, and nobody is erased, by whoever may not', async () => {
    if (somebody.sees === 'everything') return;
    const before = { states: await states(), people: await people() };
    const { edge, call, text } = stage(somebody);
    await recordMessages(edge, call, recording(somebody.person, CASE, 'COTHER1'));
    if (somebody.sees === 'nothing') {
      await recordMessages(edge, call, recording(somebody.person, CASE, CHANNEL));
      expect(text()).not.toContain(SECRET);
    }
    for (const act of ['export', 'erase']) {
      await carryOutPerson(edge, call, aboutPerson(somebody.person, act));
    }
    expect({ states: await states(), people: await people() }).toEqual(before);
    expect(await db.selectFrom('privacy_acts').selectAll().execute()).toEqual([]);
  });

  test.each(['', '{', '{}', '{"form":"__proto__","id":"K-00001","version":1,"parent":null}'])(
    'metadata like %j changes nothing',
    async (metadata) => {
      const before = await states();
      const { edge, call } = stage(somebody);
      const answer = await submitForm(edge, call, submitted(somebody.person, metadata));
      expect(JSON.stringify(answer)).not.toContain(SECRET);
      expect(await states()).toEqual(before);
    },
  );
});

test('staff and the contact do see the case: the matrix is no proof of blindness', async () => {
  for (const somebody of EVERYBODY.filter(({ sees }) => sees !== 'nothing')) {
    const { edge, call, text } = stage(somebody);
    await openCase(edge, call, pressed(somebody.person, CASE));
    expect(text()).toContain(SECRET);
  }
});
