/** Changing cases: a form is opened, filled in, and becomes a command. */
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView, RichTextElement } from '@slack/types';
import { readJapaneseDate } from '../../cases/japanese-date.ts';
import { NO_SUCH_CASE } from '../../cases/refusal.ts';
import { relationTo, type Viewer, viewOfEvents } from '../../cases/rights.ts';
import type { CaseRecord, SeenCase } from '../../store/case-reads.ts';
import type { CaseOutcome } from '../../store/case-request.ts';
import { carryOut, caseScreen, recordRefused, today, viewerOf } from '../case-desk.ts';
import { enteredIn, formContext, problemsOf, readEntry } from '../case-entry.ts';
import { type CaseSubmission, type FormMemory, formMemory } from '../case-payloads.ts';
import { tellAbout } from '../case-telling.ts';
import type { Call, Edge } from '../edge.ts';
import { type ModalPress, over } from '../over.ts';
import type { ButtonPress, PageJump } from '../payloads.ts';
import { updateView } from '../update-view.ts';
import { type FormContext, formModal, type Values } from '../views/case-fields.ts';
import { CASE_FORMS, type FormName, formNamed } from '../views/case-forms.ts';
import { caseModal, eventElements } from '../views/case-view.ts';
import { noticeModal } from '../views/modals.ts';
import { words } from '../views/text.ts';

const NOT_NOW_TEXT = 'いまこの操作はできません。案件を開き直して、状態を確かめてください。';

/** A button of a case (`id:version:form`). */
export function openForm(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  return openFormOf(edge, call, press, press.actions[0].value);
}

/** その他の操作. */
export function openMore(edge: Edge, call: Call, press: PageJump): Promise<void> {
  return openFormOf(edge, call, press, press.actions[0].selected_option.value);
}

/** The form in front of this person, who has been checked; a notice where it has nothing to choose from. */
export function formFor(
  edge: Edge,
  viewer: Viewer,
  what: {
    readonly name: FormName;
    readonly record: CaseRecord | null;
    readonly parent: string | null;
    readonly prefilled?: FormContext['prefilled'];
    readonly notice?: readonly RichTextElement[];
    readonly entered?: Values;
  },
): ModalView {
  const spec = CASE_FORMS[what.name];
  const context = formContext(edge, viewer.person, today(edge), what.record, what.prefilled);
  const empty = spec.fields(context).some((field) => field.kind === 'choice' && field.options.length === 0);
  if (empty) return noticeModal(NOT_NOW_TEXT);
  const memory: FormMemory = {
    form: what.name,
    id: what.record?.id ?? null,
    version: what.record?.version ?? 0,
    parent: what.parent,
  };
  return formModal({
    spec,
    context,
    metadata: JSON.stringify(memory),
    notice: what.notice ?? null,
    entered: what.entered ?? null,
  });
}

/** 記録する: what is wrong stands at the input, what others changed above the form, what was done on the case. */
export async function submitForm(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
): Promise<ViewResponseAction | undefined> {
  const memory = memoryOf(view.private_metadata);
  const viewer = await viewerOf(edge, call, user.id, memory?.id);
  const found = await allowed(edge, viewer, memory?.form ?? '', memory?.id ?? null);
  if (memory === null || found === null) return update(noticeModal(NO_SUCH_CASE.message));
  const { name, record } = found;
  const context = formContext(edge, viewer.person, today(edge), record);
  const fields = CASE_FORMS[name].fields(context);
  const entry = readEntry(enteredIn(view.state.values), fields, (typed) =>
    readJapaneseDate(typed, context.today, edge.reminding.calendar),
  );
  const { entered, values, echoes } = entry;
  const problems = await problemsOf(edge, entry, record);
  if (Object.keys(problems).length > 0) return { response_action: 'errors', errors: problems };
  const expected = record === null ? null : memory.version;
  const outcome = await carryOut(
    edge,
    call,
    viewer,
    { id: memory.id, expected },
    CASE_FORMS[name].command(values, context),
  );
  if (outcome.kind === 'refused') {
    const basis = outcome.basis === null ? '' : `（${outcome.basis}）`;
    return { response_action: 'errors', errors: { [fields[0]?.name ?? '']: `${outcome.message}${basis}` } };
  }
  if (outcome.kind === 'conflict') {
    const notice = [
      words('ほかの人が先に変えました。'),
      ...outcome.since.flatMap((event) => eventElements(event)),
      words('確かめて、もう一度送ってください。'),
    ];
    return update(
      formFor(edge, viewer, { name, record: outcome.record, parent: memory.parent, notice, entered }),
    );
  }
  return shown(edge, call, viewer, memory.parent, outcome, echoes);
}

/** The case with what was just done above it: in the place it stood in, or where the form was. */
async function shown(
  edge: Edge,
  call: Call,
  viewer: Viewer,
  parent: string | null,
  outcome: Extract<CaseOutcome, { kind: 'done' }>,
  echoes: readonly string[],
): Promise<ViewResponseAction | undefined> {
  const seen = await edge.desk.store.seenBy(viewer, outcome.record.id);
  if (!outcome.repeated) tellAbout(edge, viewer, outcome);
  if (seen === null) return update(noticeModal(NO_SUCH_CASE.message));
  const notice = [
    ...outcome.events.flatMap((event) => eventElements(event)),
    ...echoes.map((echo) => words(echo)),
  ];
  const view = caseModal(caseScreen(edge, seen, notice));
  if (parent === null) return update(view);
  await updateView(call.client, parent, view);
  return undefined;
}

async function openFormOf(edge: Edge, call: Call, press: ModalPress, value: string): Promise<void> {
  const [id = '', version = '', form = ''] = value.split(':');
  const viewer = await viewerOf(edge, call, press.user.id, id === '' ? null : id);
  const other = await ofTheOtherSide(edge, viewer, form, id);
  if (other !== null) return over(call, press, caseModal(caseScreen(edge, other, null)));
  const found = await allowed(edge, viewer, form, id === '' ? null : id);
  if (found === null) return over(call, press, noticeModal(NO_SUCH_CASE.message));
  // The form stands for the case as it is now: where the screen below is older, what changed since is said.
  const parent = press.view?.type === 'modal' && found.record !== null ? press.view.id : null;
  const notice = await changedSince(edge, viewer, found.record, Number(version));
  await over(
    call,
    press,
    formFor(edge, viewer, { ...found, parent, ...(notice === null ? {} : { notice }) }),
  );
}

/** What this person may know of what happened after the version they saw; null when that is the newest. */
async function changedSince(
  { desk }: Edge,
  viewer: Viewer,
  record: CaseRecord | null,
  version: number,
): Promise<RichTextElement[] | null> {
  if (record === null || !(version < record.version)) return null;
  const events = await desk.store.eventsAfter(record, version);
  const theirs = viewOfEvents(events, relationTo(record.state, record.teamId, viewer));
  if (theirs.length === 0) return null;
  return [
    words('前の画面のあとで変わったこと：'),
    ...theirs.slice(-10).flatMap((event) => eventElements(event)),
  ];
}

/**
 * A card in a channel is seen from both sides: whoever presses what is for the other side gets the case, with what is
 * theirs to do. Null for everything else.
 */
async function ofTheOtherSide(
  { desk }: Edge,
  viewer: Viewer,
  form: string,
  id: string,
): Promise<SeenCase | null> {
  const name = formNamed(form);
  const seen = name === null || id === '' ? null : await desk.store.seenBy(viewer, id.slice(0, 64));
  if (name === null || seen === null) return null;
  const side = seen.relation === 'staff' ? 'staff' : 'provider';
  return CASE_FORMS[name].standing === side ? null : seen;
}

/** The form and the case, where this person may use the one on the other; otherwise null, written down. */
async function allowed(
  edge: Edge,
  viewer: Viewer,
  form: string,
  id: string | null,
): Promise<{ name: FormName; record: CaseRecord | null } | null> {
  const name = formNamed(form);
  const standing = name === null ? null : CASE_FORMS[name].standing;
  if (name !== null && standing === 'opening' && id === null) {
    if (viewer.staff || (name === 'request' && edge.desk.staff.configured)) return { name, record: null };
  }
  const seen = id === null ? null : await edge.desk.store.seenBy(viewer, id.slice(0, 64));
  const may = seen !== null && (seen.relation === 'staff' ? standing === 'staff' : standing === 'provider');
  if (may && name !== null) return { name, record: seen.record };
  await recordRefused(edge, viewer, id, form.slice(0, 20), NO_SUCH_CASE.message);
  return null;
}

function memoryOf(metadata: string): FormMemory | null {
  try {
    return formMemory.parse(JSON.parse(metadata));
  } catch {
    return null;
  }
}

function update(view: ModalView): ViewResponseAction {
  return { response_action: 'update', view };
}
