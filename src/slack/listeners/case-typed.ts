/** /anken: help, lists, one case, the table, and every command on a case typed by hand. Only for staff. */
import type { ModalView } from '@slack/types';
import { readCaseId } from '../../cases/case-id.ts';
import { readJapaneseDate } from '../../cases/japanese-date.ts';
import { NO_SUCH_CASE } from '../../cases/refusal.ts';
import type { Viewer } from '../../cases/rights.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { carryOut, recordRefused, today, viewerOf } from '../case-desk.ts';
import { formContext, problemsOf, readEntry } from '../case-entry.ts';
import type { CaseCommandPayload } from '../case-payloads.ts';
import { sendTable } from '../case-table.ts';
import { tellAbout } from '../case-telling.ts';
import type { Call, Edge } from '../edge.ts';
import { STAFF_ONLY_TEXT } from '../staff-only.ts';
import { readTyped, type Typed, usageOf } from '../typed-case.ts';
import type { Field, FormContext, Values } from '../views/case-fields.ts';
import { CASE_FORMS, type FormName, formsFor } from '../views/case-forms.ts';
import { caseHelp } from '../views/case-help.ts';
import { listOf } from '../views/case-list-view.ts';
import { typedDone, typedProblem } from '../views/case-message.ts';
import { personForm } from '../views/person-form.ts';
import { unescapeMrkdwn } from '../views/text.ts';
import { formFor } from './case-forms.ts';
import { ALL, caseOr, foundModal, historyOr, listModal, SENT_TEXT } from './cases.ts';
import { missingByCommand } from './missing.ts';
import { ledgerFor } from './reminder-ledger.ts';

export async function caseByCommand(edge: Edge, call: Call, command: CaseCommandPayload): Promise<void> {
  const viewer = await viewerOf(edge, call, command.user_id);
  if (!viewer.staff) {
    await recordRefused(edge, viewer, null, 'anken', STAFF_ONLY_TEXT);
    await call.respond({ response_type: 'ephemeral', text: STAFF_ONLY_TEXT });
    return;
  }
  const text = command.text.trim();
  const plain = unescapeMrkdwn(text).normalize('NFKC');
  if (/^(?:help|ヘルプ|使い方)?$/iu.test(plain)) {
    await call.respond({ response_type: 'ephemeral', ...caseHelp() });
    return;
  }
  if (/^(?:csv|export|表)$/iu.test(plain)) {
    await sendTable(edge, call, viewer);
    await call.respond({ response_type: 'ephemeral', text: SENT_TEXT });
    return;
  }
  if (plain === '質問') return missingByCommand(edge, call, command.trigger_id);
  const typed = listOf(plain) === null ? readTyped(text) : null;
  if (typed !== null) return actOnCase(edge, call, viewer, command, typed);
  const view = await viewFor(edge, viewer, plain);
  await call.client.views.open({ trigger_id: command.trigger_id, view });
}

async function viewFor(edge: Edge, viewer: Viewer, text: string): Promise<ModalView> {
  if (/^(?:新規|new)$/iu.test(text))
    return formFor(edge, viewer, { name: 'new', record: null, parent: null });
  if (/^(?:個人|person)/iu.test(text)) return personForm();
  if (/^(?:通知|reminders)$/iu.test(text)) return ledgerFor(edge, viewer, 'planned', null);
  const [, history] = /^(?:経過|履歴|history)\s*(.+)$/iu.exec(text) ?? [];
  if (history !== undefined) return historyOr(edge, viewer, readCaseId(history) ?? history, null);
  const [, wanted] = /^(?:検索|探す|search)\s+(.+)$/iu.exec(text) ?? [];
  if (wanted !== undefined) return foundModal(edge, viewer, wanted);
  const [, named] = /^(?:一覧|list)\s+(.+)$/iu.exec(text) ?? [];
  const list = /^(?:一覧|list)$/iu.test(text) ? ALL : listOf(named ?? text);
  if (list !== null) return listModal(edge, viewer, list, null);
  const id = readCaseId(text.replace(/^(?:表示|開く|show)\s+/iu, ''));
  return id === null ? foundModal(edge, viewer, named ?? text) : caseOr(edge, viewer, id);
}

/** With everything that is needed it is done at once; otherwise the form opens with what was typed. */
async function actOnCase(
  edge: Edge,
  call: Call,
  viewer: Viewer,
  command: CaseCommandPayload,
  typed: Typed,
): Promise<void> {
  const say = (text: string) => call.respond({ response_type: 'ephemeral', text });
  if (typed.kind === 'incomplete') {
    await say(
      `案件番号を続けて書いてください（例：${usageOf(typed.verb)}）。会社名などから探すには「/anken 検索 …」と書きます。`,
    );
    return;
  }
  const { verb, id, rest } = typed;
  const seen = await edge.desk.store.seenBy(viewer, id);
  if (seen === null) {
    await recordRefused(edge, viewer, id, 'anken', NO_SUCH_CASE.message);
    await say(`${id}：${NO_SUCH_CASE.message}`);
    return;
  }
  const { record } = seen;
  const name = typeof verb.form === 'function' ? verb.form(record) : verb.form;
  const open = async (entered?: Values) => {
    const form = formFor(edge, viewer, { name, record, parent: null, ...(entered ? { entered } : {}) });
    await call.client.views.open({ trigger_id: command.trigger_id, view: form });
  };
  if (rest === '' || verb.fill === undefined) {
    if (formsFor(record, 'staff', edge.desk.rules.version).includes(name)) return open();
    await say(`${id}：いまこの操作はできません。案件を開いて、状態を確かめてください。`);
    return;
  }
  const filled = verb.fill(rest, { person: viewer.person, channel: command.channel_id });
  if ('problem' in filled) {
    await call.respond({
      response_type: 'ephemeral',
      ...typedProblem(record, name, [filled.problem, `書き方：${usageOf(verb, id)}`]),
    });
    return;
  }
  const context = formContext(edge, viewer.person, today(edge), record);
  const entered = valuesOf(filled.inputs);
  if (isMissing(CASE_FORMS[name].fields(context), filled.inputs)) return open(entered);
  await carryOutTyped(edge, call, viewer, { record, name, entered, context });
}

async function carryOutTyped(
  edge: Edge,
  call: Call,
  viewer: Viewer,
  what: {
    readonly record: CaseRecord;
    readonly name: FormName;
    readonly entered: Values;
    readonly context: FormContext;
  },
): Promise<void> {
  const { record, name, entered, context } = what;
  const spec = CASE_FORMS[name];
  const entry = readEntry(entered, spec.fields(context), (typed) =>
    readJapaneseDate(typed, context.today, edge.reminding.calendar),
  );
  const problems = Object.values(await problemsOf(edge, entry, record));
  const refuse = (lines: readonly string[]) =>
    call.respond({ response_type: 'ephemeral', ...typedProblem(record, name, lines) });
  if (problems.length > 0) {
    await refuse(problems);
    return;
  }
  const outcome = await carryOut(
    edge,
    call,
    viewer,
    { id: record.id, expected: null },
    spec.command(entry.values, context),
  );
  if (outcome.kind === 'refused') {
    await refuse([`${outcome.message}${outcome.basis === null ? '' : `（${outcome.basis}）`}`]);
    return;
  }
  // Without an expected version there is nothing to be in conflict with.
  if (outcome.kind === 'conflict') throw new Error(`case ${record.id}: a conflict without an expectation`);
  if (!outcome.repeated) tellAbout(edge, viewer, outcome);
  await call.respond({
    response_type: 'ephemeral',
    ...typedDone(outcome.record, outcome.events, entry.echoes),
  });
}

function valuesOf(inputs: Readonly<Record<string, string>>): Values {
  return { one: (name) => inputs[name] ?? '', many: () => [] };
}

/** An input that has to be filled and was not typed at all. */
function isMissing(fields: readonly Field[], inputs: Readonly<Record<string, string>>): boolean {
  return fields.some(({ name, optional }) => !optional && (inputs[name] ?? '') === '');
}
