/** この計画で相談を申し込む: the result of a conversation becomes a request that staff accept or decline. */
import { viewerOf } from '../case-desk.ts';
import { findConversation, screenOf } from '../converse.ts';
import type { Call, Edge } from '../edge.ts';
import { over } from '../over.ts';
import type { ButtonPress } from '../payloads.ts';
import { noticeModal } from '../views/modals.ts';
import { CONVERSATION_GONE_TEXT, NO_RESULT_TEXT } from '../views/notices.ts';
import { formFor } from './case-forms.ts';
import { refusalFor } from './converse.ts';

const NO_OFFICE_TEXT = 'いま、このアプリからは申し込めません。担当室に直接お知らせください。';

export async function requestCase(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  if (!edge.desk.staff.configured) return over(call, press, noticeModal(NO_OFFICE_TEXT));
  const conversation = await findConversation(edge, call.teamId, press.actions[0].value);
  const refusal = refusalFor(conversation, press);
  if (conversation === null || refusal !== null)
    return over(call, press, noticeModal(refusal ?? CONVERSATION_GONE_TEXT));
  const { result } = screenOf(edge, conversation, 'modal');
  if (result?.kind !== 'plan') return over(call, press, noticeModal(NO_RESULT_TEXT));
  const { rows, absent } = result.plan;
  const viewer = await viewerOf(edge, call, press.user.id);
  const prefilled = { rows, typed: absent };
  await over(call, press, formFor(edge, viewer, { name: 'request', record: null, parent: null, prefilled }));
}
