/**
 * Everything a person can press, by the id Slack sends back. Several buttons of one kind in a message
 * carry a number behind a colon, because ids are unique within a block.
 */
export const ACTIONS = {
  openArticle: 'article_open',
  turnPage: 'article_turn',
  jumpToPage: 'article_jump',
  openRelated: 'related_open',
  helpful: 'feedback_helpful',
  wrong: 'feedback_wrong',
  choose: 'choose',
  share: 'share',
  startFlow: 'flow_start',
  startFlowHere: 'flow_start_here',
  answerStep: 'flow_answer',
  pickApis: 'flow_pick',
  searchApis: 'flow_search',
  moveFlow: 'flow_move',
  openFlow: 'flow_open',
  moveToThread: 'flow_to_thread',
  whyStep: 'flow_why',
  saveResult: 'flow_save',
  comparePlans: 'flow_compare',
  listCases: 'case_list',
  pickList: 'case_pick_list',
  openCase: 'case_open',
  caseForm: 'case_form',
  moreForms: 'case_more',
  caseHistory: 'case_history',
  exportCases: 'case_export',
  requestCase: 'case_request',
  whyAnswer: 'answer_why',
  askOffice: 'inquiry_ask',
  openInquiry: 'inquiry_open',
  takeInquiry: 'inquiry_take',
  handBackInquiry: 'inquiry_hand_back',
  replyToInquiry: 'inquiry_reply',
  supplementInquiry: 'inquiry_supplement',
  withdrawInquiry: 'inquiry_withdraw',
  draftChange: 'change_draft',
  listMissing: 'missing_list',
  openMissing: 'missing_open',
  exportMissing: 'missing_export',
  reminderDone: 'reminder_done',
  reminderSeen: 'reminder_seen',
  reminderLater: 'reminder_later',
  reminderLedger: 'reminder_ledger',
  exportLedger: 'reminder_export',
} as const;

export const VIEWS = {
  article: 'article',
  related: 'related',
  answer: 'answer',
  notice: 'notice',
  flowMenu: 'flow_menu',
  flowStep: 'flow_step',
  flowResult: 'flow_result',
  why: 'why',
  compare: 'compare',
  caseList: 'case_list',
  case: 'case',
  caseForm: 'case_form',
  caseHistory: 'case_history',
  recordMessage: 'record_message',
  person: 'person',
  whyAnswer: 'answer_why',
  askOffice: 'inquiry_ask',
  inquiry: 'inquiry',
  inquiryReply: 'inquiry_reply',
  inquirySupplement: 'inquiry_supplement',
  changeDraft: 'change_draft',
  missing: 'missing',
  reminders: 'reminders',
} as const;
export const COMMAND = '/kiyaku';
export const FLOW_COMMAND = '/tetsuzuki';
export const CASE_COMMAND = '/anken';
export const SHORTCUT = 'ask_about_message';
export const RECORD_SHORTCUT = 'record_in_case';

/** Matches an action id with or without its number. */
export function actionPattern(action: string): RegExp {
  return new RegExp(`^${action}(?::\\d+)?$`);
}
