/** What somebody entered for a case, in a form or behind /anken: read, and checked against what only the server knows. */
import type { DateReading } from '../cases/japanese-date.ts';
import type { CaseRecord } from '../store/case-reads.ts';
import type { CaseSubmission } from './case-payloads.ts';
import type { ChannelStanding } from './channels.ts';
import type { Edge } from './edge.ts';
import type { Field, FormContext, Values } from './views/case-fields.ts';

export interface Entry {
  /** As it was typed. */
  readonly entered: Values;
  /** With days read. */
  readonly values: Values;
  /** By input. */
  readonly problems: Record<string, string>;
  /** How days were read. */
  readonly echoes: readonly string[];
}

const NOT_STAFF_TEXT = 'この人は担当室の職員ではないため、担当者にできません。';
const NOT_A_CHANNEL: Readonly<Record<Exclude<ChannelStanding, 'ours'>, string>> = {
  shared:
    'このチャンネルはほかの組織と共有されているため、案件のチャンネルにできません。共有されていないチャンネルを選んでください。',
  archived: 'このチャンネルはアーカイブされているため、案件のチャンネルにできません。',
  'bot-absent':
    'アプリがこのチャンネルにいません。チャンネルで /invite @規約ガイド と入力してから、もう一度選んでください。',
  unknown:
    'アプリからこのチャンネルが見えません。チャンネルで /invite @規約ガイド と入力してから、もう一度選んでください。',
};

/** What an input holds, by its name. */
export function enteredIn(state: CaseSubmission['view']['state']['values']): Values {
  return {
    one: (name) => {
      const held = state[name]?.[name];
      return (
        held?.value ??
        held?.selected_option?.value ??
        held?.selected_user ??
        held?.selected_conversation ??
        ''
      );
    },
    many: (name) => (state[name]?.[name]?.selected_options ?? []).map(({ value }) => value),
  };
}

/** `readDate` reads a day as people type it, seen from today over the calendar of the office. */
export function readEntry(
  entered: Values,
  fields: readonly Field[],
  readDate: (typed: string) => DateReading,
): Entry {
  const days = new Map<string, string>();
  const problems: Record<string, string> = {};
  const echoes: string[] = [];
  for (const { kind, name, optional } of fields) {
    const typed = kind === 'date' ? entered.one(name).trim() : '';
    if (kind !== 'date' || (typed === '' && optional)) continue;
    const reading = readDate(typed);
    if (reading.kind === 'unreadable') problems[name] = reading.message;
    else {
      days.set(name, reading.day);
      echoes.push(reading.echo);
    }
  }
  const values = { one: (name: string) => days.get(name) ?? entered.one(name), many: entered.many };
  return { entered, values, problems, echoes };
}

/** What is wrong with it, by input: an owner who is not of the office, a channel where the case may not be shown. */
export async function problemsOf(
  edge: Edge,
  { values, problems }: Entry,
  record: CaseRecord | null,
): Promise<Readonly<Record<string, string>>> {
  const owner = values.one('owner');
  const channel = values.one('channel');
  const [isStaff, wrongChannel] = await Promise.all([
    owner === '' ? true : edge.desk.staff.isStaff(owner),
    channel === '' || channel === record?.state.channel ? null : channelProblem(edge, channel, record),
  ]);
  return {
    ...problems,
    ...(isStaff ? {} : { owner: NOT_STAFF_TEXT }),
    ...(wrongChannel === null ? {} : { channel: wrongChannel }),
  };
}

async function channelProblem(
  { desk }: Edge,
  channel: string,
  record: CaseRecord | null,
): Promise<string | null> {
  if (channel === desk.staff.channel)
    return '担当室のチャンネルは、案件のチャンネルにできません。提供者のいるチャンネルを選んでください。';
  const standing = await desk.channels.standingOf(channel);
  if (standing !== 'ours') return NOT_A_CHANNEL[standing];
  if (record === null) return null;
  const others = await desk.store.casesOfChannel(record.teamId, channel, MOST_LOOKED_AT);
  for (const id of others) {
    const other = await desk.store.find(record.teamId, id);
    if (other !== null && other.state.company !== record.state.company)
      return `このチャンネルは、別の会社の案件（${id}）のチャンネルです。そこにいる人に、この案件が見えてしまいます。`;
  }
  return null;
}

const MOST_LOOKED_AT = 20;

/** What a form is drawn from, besides what is entered. */
export function formContext(
  edge: Edge,
  me: string,
  today: string,
  record: CaseRecord | null,
  prefilled: FormContext['prefilled'] = { rows: [], typed: [] },
): FormContext {
  return {
    record,
    prefilled,
    me,
    today,
    apiNames: edge.desk.apiNames,
    termsVersion: edge.desk.rules.version,
    wording: (key) => edge.guiding.quoter.quoteKey(key).text.trim(),
  };
}
