import type { ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import { caseCommandPayload, caseSubmission } from './case-payloads.ts';
import { flowCommand, flowPress, searchPress, silentPress, viewSubmission } from './conversation-payloads.ts';
import type { Call, Edge } from './edge.ts';
import { openForm, openMore, submitForm } from './listeners/case-forms.ts';
import { askWhichCase, recordMessages, submitRecord, takeMessage } from './listeners/case-messages.ts';
import { carryOutPerson, submitPerson } from './listeners/case-privacy.ts';
import { requestCase } from './listeners/case-request.ts';
import { caseByCommand } from './listeners/case-typed.ts';
import { exportCases, listCases, openCase, openHistory, pickList, submitSearch } from './listeners/cases.ts';
import { draftChange, submitChange } from './listeners/changes.ts';
import { answerStep, moveFlow, openFlow, pickApis, searchApis } from './listeners/converse.ts';
import { beginByCommand, startFlow, startFlowHere } from './listeners/converse-begin.ts';
import { moveToThread, openComparison, saveResult, whyStep } from './listeners/converse-results.ts';
import { submitComparison, submitStep } from './listeners/converse-views.ts';
import { openHome } from './listeners/home.ts';
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
} from './listeners/inquiries.ts';
import { exportMissing, listMissing, openMissing } from './listeners/missing.ts';
import { answerCommand, answerMention, answerShortcut } from './listeners/questions.ts';
import { jumpToPage, openArticle, openRelated, turnPage } from './listeners/reading.ts';
import { exportLedger, openLedger } from './listeners/reminder-ledger.ts';
import { finishReminder, seeReminder, snoozeReminder } from './listeners/reminders.ts';
import { choose, sayHelpful, sayWrong, share } from './listeners/responses.ts';
import { fallSilent } from './listeners/uninstalled.ts';
import { whyAnswer } from './listeners/why.ts';
import {
  buttonPress,
  changedMessageEvent,
  homeOpenedEvent,
  mentionEvent,
  messageEvent,
  messageShortcut,
  pageJump,
  slashCommand,
  uninstalledEvent,
} from './payloads.ts';
import {
  ACTIONS,
  CASE_COMMAND,
  COMMAND,
  FLOW_COMMAND,
  RECORD_SHORTCUT,
  SHORTCUT,
  VIEWS,
} from './views/action-ids.ts';

export type RouteKind = 'event' | 'command' | 'shortcut' | 'action';

/** What the bot listens to: which payload, and the plain function that handles it. */
export interface Route {
  readonly kind: RouteKind;
  /** Event type, command, callback id or action id. */
  readonly on: string;
  /** Reads the payload through its schema, then handles it. Throws when the payload has another shape. */
  readonly handle: (edge: Edge, call: Call, payload: unknown) => Promise<void>;
}

/** The whole surface. manifest.yml names the same; a test holds the two together. */
export const ROUTES: readonly Route[] = [
  route('event', 'app_mention', mentionEvent, answerMention),
  route('event', 'message', z.union([changedMessageEvent, messageEvent]), takeMessage),
  route('event', 'app_home_opened', homeOpenedEvent, openHome),
  route('command', COMMAND, slashCommand, answerCommand),
  route('shortcut', SHORTCUT, messageShortcut, answerShortcut),
  route('shortcut', RECORD_SHORTCUT, messageShortcut, askWhichCase),
  route('event', 'app_uninstalled', uninstalledEvent, fallSilent),
  route('event', 'tokens_revoked', uninstalledEvent, fallSilent),
  route('action', ACTIONS.openArticle, buttonPress, openArticle),
  route('action', ACTIONS.turnPage, buttonPress, turnPage),
  route('action', ACTIONS.jumpToPage, pageJump, jumpToPage),
  route('action', ACTIONS.openRelated, buttonPress, openRelated),
  route('action', ACTIONS.helpful, buttonPress, sayHelpful),
  route('action', ACTIONS.wrong, buttonPress, sayWrong),
  route('action', ACTIONS.choose, buttonPress, choose),
  route('action', ACTIONS.share, buttonPress, share),
  route('command', FLOW_COMMAND, flowCommand, beginByCommand),
  route('action', ACTIONS.startFlow, buttonPress, startFlow),
  route('action', ACTIONS.startFlowHere, buttonPress, startFlowHere),
  route('action', ACTIONS.answerStep, flowPress, answerStep),
  route('action', ACTIONS.pickApis, silentPress, pickApis),
  route('action', ACTIONS.searchApis, searchPress, searchApis),
  route('action', ACTIONS.moveFlow, buttonPress, moveFlow),
  route('action', ACTIONS.openFlow, buttonPress, openFlow),
  route('action', ACTIONS.moveToThread, buttonPress, moveToThread),
  route('action', ACTIONS.whyStep, buttonPress, whyStep),
  route('action', ACTIONS.saveResult, buttonPress, saveResult),
  route('action', ACTIONS.comparePlans, buttonPress, openComparison),
  route('command', CASE_COMMAND, caseCommandPayload, caseByCommand),
  route('action', ACTIONS.listCases, buttonPress, listCases),
  route('action', ACTIONS.pickList, pageJump, pickList),
  route('action', ACTIONS.openCase, buttonPress, openCase),
  route('action', ACTIONS.caseForm, buttonPress, openForm),
  route('action', ACTIONS.moreForms, pageJump, openMore),
  route('action', ACTIONS.caseHistory, buttonPress, openHistory),
  route('action', ACTIONS.exportCases, buttonPress, exportCases),
  route('action', ACTIONS.requestCase, buttonPress, requestCase),
  route('action', ACTIONS.whyAnswer, buttonPress, whyAnswer),
  route('action', ACTIONS.askOffice, buttonPress, askOffice),
  route('action', ACTIONS.openInquiry, buttonPress, openInquiry),
  route('action', ACTIONS.takeInquiry, buttonPress, takeInquiry),
  route('action', ACTIONS.handBackInquiry, buttonPress, handBackInquiry),
  route('action', ACTIONS.replyToInquiry, buttonPress, openReply),
  route('action', ACTIONS.supplementInquiry, buttonPress, openSupplement),
  route('action', ACTIONS.withdrawInquiry, buttonPress, withdrawInquiry),
  route('action', ACTIONS.draftChange, buttonPress, draftChange),
  route('action', ACTIONS.listMissing, buttonPress, listMissing),
  route('action', ACTIONS.openMissing, buttonPress, openMissing),
  route('action', ACTIONS.exportMissing, buttonPress, exportMissing),
  route('action', ACTIONS.reminderDone, buttonPress, finishReminder),
  route('action', ACTIONS.reminderSeen, buttonPress, seeReminder),
  route('action', ACTIONS.reminderLater, pageJump, snoozeReminder),
  route('action', ACTIONS.reminderLedger, buttonPress, openLedger),
  route('action', ACTIONS.exportLedger, buttonPress, exportLedger),
];

/** A modal that is submitted: Slack waits for the next screen, or for what is wrong with the inputs. */
export interface ViewRoute {
  readonly on: string;
  readonly handle: (edge: Edge, call: Call, payload: unknown) => Promise<ViewResponseAction | undefined>;
  /** What takes longer than Slack waits, once it was acknowledged. */
  readonly after?: (edge: Edge, call: Call, payload: unknown) => Promise<void>;
}

export const VIEW_ROUTES: readonly ViewRoute[] = [
  viewRoute(VIEWS.caseList, caseSubmission, submitSearch),
  viewRoute(VIEWS.caseForm, caseSubmission, submitForm),
  viewRoute(VIEWS.recordMessage, caseSubmission, submitRecord, recordMessages),
  viewRoute(VIEWS.person, caseSubmission, submitPerson, carryOutPerson),
  viewRoute(VIEWS.flowStep, viewSubmission, submitStep),
  viewRoute(VIEWS.compare, viewSubmission, submitComparison),
  viewRoute(VIEWS.askOffice, caseSubmission, submitInquiry),
  viewRoute(VIEWS.inquiryReply, caseSubmission, submitReply),
  viewRoute(VIEWS.inquirySupplement, caseSubmission, submitSupplement),
  viewRoute(VIEWS.changeDraft, caseSubmission, submitChange),
];

function route<Schema extends z.ZodType>(
  kind: RouteKind,
  on: string,
  schema: Schema,
  handle: (edge: Edge, call: Call, payload: z.infer<Schema>) => Promise<void>,
): Route {
  return { kind, on, handle: (edge, call, payload) => handle(edge, call, schema.parse(payload)) };
}

function viewRoute<Schema extends z.ZodType>(
  on: string,
  schema: Schema,
  handle: (edge: Edge, call: Call, payload: z.infer<Schema>) => Promise<ViewResponseAction | undefined>,
  after?: (edge: Edge, call: Call, payload: z.infer<Schema>) => Promise<void>,
): ViewRoute {
  return {
    on,
    handle: (edge, call, payload) => handle(edge, call, schema.parse(payload)),
    ...(after === undefined
      ? {}
      : { after: (edge, call, payload) => after(edge, call, schema.parse(payload)) }),
  };
}
