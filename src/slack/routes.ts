import type { z } from 'zod';
import type { Call, Edge } from './edge.ts';
import { openHome } from './listeners/home.ts';
import { answerCommand, answerMention, answerMessage, answerShortcut } from './listeners/questions.ts';
import { jumpToPage, openArticle, openRelated, turnPage } from './listeners/reading.ts';
import { choose, sayHelpful, sayWrong, share } from './listeners/responses.ts';
import {
  buttonPress,
  homeOpenedEvent,
  mentionEvent,
  messageEvent,
  messageShortcut,
  pageJump,
  slashCommand,
} from './payloads.ts';
import { ACTIONS, COMMAND, SHORTCUT } from './views/action-ids.ts';

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
  route('event', 'message', messageEvent, answerMessage),
  route('event', 'app_home_opened', homeOpenedEvent, openHome),
  route('command', COMMAND, slashCommand, answerCommand),
  route('shortcut', SHORTCUT, messageShortcut, answerShortcut),
  route('action', ACTIONS.openArticle, buttonPress, openArticle),
  route('action', ACTIONS.turnPage, buttonPress, turnPage),
  route('action', ACTIONS.jumpToPage, pageJump, jumpToPage),
  route('action', ACTIONS.openRelated, buttonPress, openRelated),
  route('action', ACTIONS.helpful, buttonPress, sayHelpful),
  route('action', ACTIONS.wrong, buttonPress, sayWrong),
  route('action', ACTIONS.choose, buttonPress, choose),
  route('action', ACTIONS.share, buttonPress, share),
];

function route<Schema extends z.ZodType>(
  kind: RouteKind,
  on: string,
  schema: Schema,
  handle: (edge: Edge, call: Call, payload: z.infer<Schema>) => Promise<void>,
): Route {
  return { kind, on, handle: (edge, call, payload) => handle(edge, call, schema.parse(payload)) };
}
