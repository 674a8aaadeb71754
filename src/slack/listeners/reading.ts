import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Call, Edge } from '../edge.ts';
import type { ButtonPress, PageJump } from '../payloads.ts';
import { articleModal, type ReaderState } from '../views/article-modal.ts';
import { pageOf } from '../views/article-pages.ts';
import { noticeModal, relatedModal } from '../views/modals.ts';
import { ANSWER_GONE_TEXT, PROVISION_GONE_TEXT } from '../views/notices.ts';

/** 条文を開く: the page of the cited provision, with it marked. */
export async function openArticle(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const label = press.actions[0].value;
  const index = pageOf(edge.terms, edge.pages, label);
  const view =
    index === null
      ? noticeModal(PROVISION_GONE_TEXT)
      : articleModal(edge.pages, index, { marked: label }, edge.version);
  await show(call, press, view);
}

/** 前へ, 次へ. */
export function turnPage(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  return goToPage(edge, call, press, press.actions[0].value);
}

/** The list of all articles and rows. */
export function jumpToPage(edge: Edge, call: Call, press: PageJump): Promise<void> {
  return goToPage(edge, call, press, press.actions[0].selected_option.value);
}

/** 関係する規定. */
export async function openRelated(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const given = await edge.answers.find(call.teamId, press.actions[0].value);
  const view = given === null ? noticeModal(ANSWER_GONE_TEXT) : relatedModal(given.answers, edge.version);
  await show(call, press, view);
}

type Press = ButtonPress | PageJump;

async function goToPage(edge: Edge, { client }: Call, { view }: Press, key: string): Promise<void> {
  if (view === undefined) return;
  const index = pageOf(edge.terms, edge.pages, key);
  const page =
    index === null
      ? noticeModal(PROVISION_GONE_TEXT)
      : articleModal(edge.pages, index, readerState(view.private_metadata), edge.version);
  // Without `hash`: of two quick presses the last one wins instead of failing.
  await client.views.update({ view_id: view.id, view: page });
}

/** Over a modal the new one is pushed, elsewhere opened. */
async function show({ client }: Call, { trigger_id, view: from }: Press, view: ModalView): Promise<void> {
  await (from?.type === 'modal'
    ? client.views.push({ trigger_id, view })
    : client.views.open({ trigger_id, view }));
}

const state = z.object({ marked: z.string().max(100).nullable() });

function readerState(metadata: string): ReaderState {
  try {
    return state.parse(JSON.parse(metadata));
  } catch {
    return { marked: null };
  }
}
