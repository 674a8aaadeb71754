/** A reply of the office, or questions without a good answer, become the draft of a change of the knowledge. */
import { createHash } from 'node:crypto';
import type { ViewResponseAction } from '@slack/bolt';
import { dayInTokyo, formatDay } from '../../calendar.ts';
import { NO_SUCH_INQUIRY } from '../../inquiries/decide.ts';
import { type ChangeFile, changeAsYaml, changeFile } from '../../knowledge/change.ts';
import { today } from '../case-desk.ts';
import type { CaseSubmission } from '../case-payloads.ts';
import type { Call, Edge } from '../edge.ts';
import { actorOf } from '../inquiry-desk.ts';
import { missingGroup } from '../missing-desk.ts';
import { nearestTo } from '../nearest.ts';
import { over } from '../over.ts';
import type { ButtonPress } from '../payloads.ts';
import {
  CHANGE_KINDS,
  type ChangeKind,
  type ChangeSource,
  changeForm,
  changeMenu,
  draftedModal,
} from '../views/change-forms.ts';
import { noticeModal } from '../views/modals.ts';
import { withoutMentions } from '../views/text.ts';

const MOST_OTHERS = 8;
const MOST_NEAREST = 20;
const GONE_TEXT = 'もとになる質問が見つかりません。一覧を開き直してください。';

/** 知識に加える案 (`id:menu`), and its three forms (`id:kind`). */
export async function draftChange(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const [id = '', kind = ''] = press.actions[0].value.split(':');
  if (!(await staffOnly(edge, call, press.user.id, id))) {
    return over(call, press, noticeModal(NO_SUCH_INQUIRY.message));
  }
  const source = await sourceOf(edge, call, id);
  if (source === null) return over(call, press, noticeModal(GONE_TEXT));
  await over(call, press, isKind(kind) ? changeForm(kind, source) : changeMenu(id));
}

/** 書き出す: a file for review, and a line in the record of the inquiry. */
export async function submitChange(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
): Promise<ViewResponseAction> {
  const [id = '', kind = ''] = view.private_metadata.split(':');
  const allowed = isKind(kind) && (await staffOnly(edge, call, user.id, id));
  if (!allowed) return { response_action: 'update', view: noticeModal(NO_SUCH_INQUIRY.message) };
  const source = await sourceOf(edge, call, id);
  if (source === null) return { response_action: 'update', view: noticeModal(GONE_TEXT) };
  const read = changeFile.safeParse(await draft(edge, call, kind, source, view.state.values));
  if (!read.success)
    return { response_action: 'errors', errors: problemsAt(read.error.issues, view.state.values) };
  const file = fileName(read.data, id, call.key);
  const yaml = changeAsYaml(read.data);
  await edge.inquiries.saveChange(file, yaml);
  if (isInquiry(id)) await note(edge, call, user.id, id, file);
  return { response_action: 'update', view: draftedModal(file, yaml) };
}

/** What the form holds, as the file would hold it; the schema says what is wrong with it. */
async function draft(
  edge: Edge,
  call: Call,
  kind: ChangeKind,
  source: ChangeSource,
  values: CaseSubmission['view']['state']['values'],
): Promise<unknown> {
  const one = (name: string) => {
    const held = values[name]?.[name];
    return (held?.value ?? held?.selected_option?.value ?? '').trim();
  };
  const lines = (name: string) =>
    one(name)
      .split('\n')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  const cites = (values.cites?.cites?.selected_options ?? []).map(({ value }) => value);
  const asks = { ja: lines('asksJa'), en: lines('asksEn') };
  const says = { ja: one('ja'), en: one('en') };
  const newId = isInquiry(source.id) ? `office-${source.id.toLowerCase()}` : `asked-${source.id.slice(0, 8)}`;
  const change = {
    paraphrase: () => {
      const [of, key] = one('target').split(' ');
      return { kind, of, key, asks };
    },
    gap: async () => {
      const known = one('outside');
      const from = await sourceWords(edge, call, source.id);
      const outside = known === '' ? [] : [{ text: known, label: '窓口の指示', source: from }];
      const entry = {
        id: newId,
        topic: one('topic'),
        topicEn: one('topicEn'),
        statement: says,
        nearest: cites,
        outside,
        asks,
      };
      return { kind, entry };
    },
    topic: () => ({ kind, entry: { id: newId, title: one('title'), answer: says, cites, asks } }),
  }[kind];
  return {
    version: edge.version.id,
    drafted: today(edge),
    from: isInquiry(source.id) ? source.id : '答えの足りない質問',
    question: source.question,
    change: await change(),
  };
}

/** Where an outside fact comes from: the reply with its number and day. */
async function sourceWords(edge: Edge, { teamId }: Call, id: string): Promise<string> {
  const record = isInquiry(id) ? await edge.inquiries.store.find(teamId, id) : null;
  const reply = record?.events.findLast(({ kind }) => kind === 'replied');
  return reply === undefined
    ? `担当室、${formatDay(today(edge))}`
    : `担当室の回答 ${id}、${formatDay(dayInTokyo(reply.at))}`;
}

/** Everything is looked up again: the button only says which. Null where there is nothing to draft from. */
async function sourceOf(edge: Edge, { teamId }: Call, id: string): Promise<ChangeSource | null> {
  if (!isInquiry(id)) {
    const group = await missingGroup(edge, teamId, id);
    const [question, ...others] = new Set(group?.questions.map(({ text }) => text));
    if (question === undefined) return null;
    return sourceFor(edge, id, question, others.slice(0, MOST_OTHERS), null);
  }
  const record = await edge.inquiries.store.find(teamId, id);
  const reply = record?.events.findLast(({ kind }) => kind === 'replied');
  const given = record === null ? null : await edge.answers.find(teamId, record.inquiry.answerId);
  if (record === null || reply === undefined || given === null || given.question === '') return null;
  return sourceFor(edge, id, withoutMentions(given.question), [], record.words.get(reply.seq) ?? null);
}

function sourceFor(
  edge: Edge,
  id: string,
  question: string,
  others: readonly string[],
  reply: string | null,
): ChangeSource {
  const { candidates } = edge.answering.explain(question);
  return { id, question, others, reply, candidates, nearest: nearestTo(edge, question, MOST_NEAREST) };
}

async function staffOnly(edge: Edge, { teamId }: Call, person: string, id: string): Promise<boolean> {
  const actor = await actorOf(edge, person);
  if (actor.staff) return true;
  const refusal = { teamId, actor, id, command: { kind: 'draft' }, now: edge.now() };
  await edge.inquiries.store.recordRefusal(refusal, { code: 'not-allowed' });
  return false;
}

async function note(edge: Edge, call: Call, person: string, id: string, file: string): Promise<void> {
  const outcome = await edge.inquiries.store.carryOut({
    teamId: call.teamId,
    actor: await actorOf(edge, person),
    id,
    expected: null,
    command: { kind: 'draft', file },
    now: edge.now(),
    sourceKey: call.key,
  });
  if (outcome.kind === 'done') edge.inquiries.courier.tell({ team: call.teamId, id });
}

/** The same submission gives the same name, another one another. */
function fileName({ drafted, change }: ChangeFile, id: string, key: string): string {
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return `${drafted}-${id.slice(0, 8).toLowerCase()}-${change.kind}-${mark}.yaml`;
}

/** Each at the input that holds what is wrong; where the form has none such, at the one it always has. */
function problemsAt(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  inputs: CaseSubmission['view']['state']['values'],
): Record<string, string> {
  return Object.fromEntries(
    issues.map(({ path, message }) => {
      const input = inputOf(path.map(String));
      return [Object.hasOwn(inputs, input) ? input : 'asksJa', message];
    }),
  );
}

function inputOf(path: readonly string[]): string {
  if (path.includes('asks')) return path.includes('en') ? 'asksEn' : 'asksJa';
  if (path.includes('cites') || path.includes('nearest')) return 'cites';
  if (path.includes('outside')) return 'outside';
  const last = path.at(-1) ?? '';
  return last === 'of' || last === 'key' ? 'target' : last;
}

function isKind(kind: string): kind is ChangeKind {
  return (CHANGE_KINDS as readonly string[]).includes(kind);
}

function isInquiry(id: string): boolean {
  return /^Q-\d{5,}$/.test(id);
}
