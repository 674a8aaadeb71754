/** What the app holds about one person: taken out or erased by staff, and written down. */
import type { ViewResponseAction } from '@slack/bolt';
import type { Viewer } from '../../cases/rights.ts';
import { today, viewerOf } from '../case-desk.ts';
import { enteredIn } from '../case-entry.ts';
import type { CaseSubmission } from '../case-payloads.ts';
import type { Call, Edge } from '../edge.ts';
import { sendFile, staffSubmitting } from '../staff-only.ts';
import { updateView } from '../update-view.ts';
import { noticeModal } from '../views/modals.ts';
import { ERASE_WORD, PERSON_ACTS, type PersonActName } from '../views/person-form.ts';

const EXPORTING_TEXT = '書き出しています。アプリとのダイレクトメッセージに送ります。';
const ERASING_TEXT = '消去しています。';

/** 実行する: checked and acknowledged at once; the work comes after. */
export async function submitPerson(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
): Promise<ViewResponseAction> {
  const asking = await staffSubmitting(edge, call, user.id, 'person');
  if ('refused' in asking) return asking.refused;
  const asked = askedIn(view.state.values);
  if ('errors' in asked) return { response_action: 'errors', errors: asked.errors };
  return {
    response_action: 'update',
    view: noticeModal(asked.act === 'erase' ? ERASING_TEXT : EXPORTING_TEXT),
  };
}

export async function carryOutPerson(edge: Edge, call: Call, { user, view }: CaseSubmission): Promise<void> {
  const viewer = await viewerOf(edge, call, user.id);
  const asked = askedIn(view.state.values);
  if (!viewer.staff || 'errors' in asked) return;
  const said =
    asked.act === 'erase'
      ? await erase(edge, viewer, asked.person)
      : await sendExport(edge, call, viewer, asked.person);
  await updateView(call.client, view.id, noticeModal(said));
}

async function erase(
  { desk, now }: Edge,
  { teamId, person: actor }: Viewer,
  person: string,
): Promise<string> {
  const { privacy } = desk;
  const ref = await privacy.refOf(teamId, person);
  const { cases } = await privacy.exportPerson(teamId, person);
  const texts = await privacy.erasePerson(teamId, person, now());
  await privacy.recordAct(teamId, { actor, subject: ref, act: 'erased', texts, at: now() });
  for (const { id } of cases) desk.cards.touch(teamId, id, true);
  return `消去しました（文${texts}件、案件${cases.length}件の連絡先など）。担当者や連絡先だった案件では、新しい人を決めてください。Slackに残っている投稿は、このアプリからは消えません。`;
}

async function sendExport(edge: Edge, call: Call, viewer: Viewer, person: string): Promise<string> {
  const { teamId, person: actor } = viewer;
  const { privacy } = edge.desk;
  const held = await privacy.exportPerson(teamId, person);
  const said = '個人の情報の書き出しです。扱いに注意してください。';
  const content = JSON.stringify({ person, ...held }, null, 2);
  await sendFile(call, viewer, said, `kojin-${today(edge)}.json`, content);
  await privacy.recordAct(teamId, { actor, subject: person, act: 'exported', texts: 0, at: edge.now() });
  return '書き出して、アプリとのダイレクトメッセージに送りました。';
}

function askedIn(
  state: CaseSubmission['view']['state']['values'],
): { person: string; act: PersonActName } | { errors: Record<string, string> } {
  const entered = enteredIn(state);
  const person = entered.one('person');
  const act = PERSON_ACTS.find((one) => one === entered.one('act'));
  if (!/^[UW][A-Z0-9]{1,30}$/.test(person)) return { errors: { person: '人を選んでください。' } };
  if (act === undefined) return { errors: { act: 'することを選んでください。' } };
  if (act === 'erase' && entered.one('confirm').trim() !== ERASE_WORD) {
    return { errors: { confirm: `消去するには、「${ERASE_WORD}」と入力してください。何も消していません。` } };
  }
  return { person, act };
}
