/**
 * What one person does and sees, whatever carries it: the direct client below the browser
 * (direct-person.ts) and a driver of the real page implement this, so a story is written once.
 */

/** A channel's name or id, or `app` for the direct message with the app. */
export type Place = string;

/** Something that can be pressed or filled, as the screen shows it. */
export type SeenElement = {
  type: string;
  blockId: string;
  actionId: string;
  /** The words on it, or the label of its input. */
  label: string;
  /** Values that can be chosen; empty for buttons and texts. */
  values: string[];
};

export type SeenMessage = {
  channel: string;
  ts: string;
  threadTs: string | undefined;
  author: string;
  /** The words on the screen, white space collapsed. */
  text: string;
  ephemeral: boolean;
  replyCount: number;
  edited: boolean;
  elements: SeenElement[];
};

export type SeenView = {
  viewId: string;
  type: 'modal' | 'home';
  title: string;
  text: string;
  /** How many modals are stacked, this one included; 0 for Home. */
  depth: number;
  elements: SeenElement[];
};

export type Surface = SeenMessage | SeenView;
export type Pattern = string | RegExp;
export type Values = Record<string, string | string[]>;

export type Person = {
  readonly id: string;

  say(place: Place, text: string, options?: { thread?: SeenMessage }): Promise<void>;
  /** `say` with the app's name before the text. */
  mention(place: Place, text: string, options?: { thread?: SeenMessage }): Promise<void>;
  command(command: string, text: string, place: Place): Promise<void>;
  edit(message: SeenMessage, text: string): Promise<void>;
  remove(message: SeenMessage): Promise<void>;

  /** Presses an element by action_id or by its words; `value` picks an overflow item or a feedback side. */
  click(on: Surface, action: string, value?: string): Promise<void>;
  /** Chooses in a select, radio group, checkboxes, date or time picker, by option value (or id, date, time). */
  select(on: Surface, action: string, value: string | string[]): Promise<void>;
  /** Fills inputs by action_id without submitting. */
  fill(view: SeenView, values: Values): Promise<void>;
  /** Fills and submits. What the screen complains about, by block_id; empty when it was taken. */
  submit(view: SeenView, values?: Values): Promise<Record<string, string>>;
  close(view: SeenView): Promise<void>;
  /** A message shortcut, or a global one without a message. */
  shortcut(callbackId: string, message?: SeenMessage): Promise<void>;
  /** Presses a suggested prompt by its title. */
  prompt(place: Place, title: string): Promise<void>;

  openHome(): Promise<void>;
  openMessages(): Promise<void>;
  home(): Promise<SeenView | undefined>;
  modal(): Promise<SeenView | undefined>;
  seen(place: Place, options?: { thread?: SeenMessage }): Promise<SeenMessage[]>;
  prompts(place: Place): Promise<string[]>;

  /** The newest message on the screen that shows the words; waits for it, five seconds unless told. */
  waitFor(
    place: Place,
    pattern: Pattern,
    options?: { thread?: SeenMessage; timeout?: number },
  ): Promise<SeenMessage>;
  waitForModal(pattern: Pattern, options?: { timeout?: number }): Promise<SeenView>;
  waitForHome(pattern: Pattern, options?: { timeout?: number }): Promise<SeenView>;
  /** Until no modal is open. */
  waitForNoModal(options?: { timeout?: number }): Promise<void>;
};

export function matches(text: string, pattern: Pattern): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
}

/** Line breaks and runs of blanks count as one blank, so that layout does not decide whether words are seen. */
export function collapse(text: string): string {
  return text.replace(/[\s\u200b]+/g, ' ').trim();
}

/** The element by action_id or words; the error lists what there is. */
export function elementOn(on: { elements: SeenElement[] }, action: string): SeenElement {
  const found =
    on.elements.find((element) => element.actionId === action) ??
    on.elements.find((element) => element.label === action) ??
    on.elements.find((element) => `${element.blockId}/${element.actionId}` === action);
  if (found === undefined) {
    const there = on.elements.map((element) => `${element.actionId}「${element.label}」`).join(', ');
    throw new Error(`"${action}" is not on the screen; there is: ${there || 'nothing to press'}`);
  }
  return found;
}
