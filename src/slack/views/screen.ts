/** What the views of a conversation draw: everything is looked up before, so that views only lay out. */
import type { ApiCandidates } from '../../conversations/api-names.ts';
import type { Flow, Response } from '../../conversations/flow.ts';
import { apiNames } from '../../conversations/plan-words.ts';
import { choiceIn } from '../../conversations/record.ts';
import type { Answered, Position } from '../../conversations/replay.ts';
import type { Result } from '../../conversations/result.ts';
import type { Guiding } from '../guiding.ts';
import type { ShownVersion } from './version-line.ts';

export interface Screen {
  readonly id: string;
  /** The number of events this screen shows: a press on an older screen is told so. */
  readonly version: number;
  readonly flow: Flow;
  readonly position: Position;
  /** With an outcome. */
  readonly result: Result | null;
  /** APIs near to the words of a search. */
  readonly candidates: (ApiCandidates & { readonly words: string }) | null;
  /** Said above everything else: a refusal, or that somebody else was faster. */
  readonly notice: string | null;
  /** A thread card is seen by all; a modal by one person. */
  readonly surface: 'modal' | 'thread';
  /** There is a channel to post in. */
  readonly hasChannel: boolean;
  /** There is an office that takes requests. */
  readonly canRequest: boolean;
  readonly terms: ShownVersion;
  readonly guiding: Guiding;
}

/** `value` of a button: conversation, the version it was drawn at, and what is asked. Looked up again when pressed. */
export function pressValue({ id, version }: Pick<Screen, 'id' | 'version'>, ...rest: string[]): string {
  return [id, version, ...rest].join(':');
}

/** An answer in words: 自己情報取得（項番4）, 必要があると認める. */
export function responseWords({ step, response }: Answered, { knowledge }: Guiding): string {
  switch (response.kind) {
    case 'apis':
      return apisWords(response, knowledge);
    case 'choice':
      return choiceIn({ step, response })?.label ?? response.option;
    case 'text':
      return response.text;
  }
}

function apisWords(
  { rows, absent }: Extract<Response, { kind: 'apis' }>,
  knowledge: Guiding['knowledge'],
): string {
  return [
    ...(rows.length === 0 ? [] : [apiNames(knowledge, rows)]),
    ...absent.map((name) => `${name}（この版の別表にありません）`),
  ].join('・');
}
