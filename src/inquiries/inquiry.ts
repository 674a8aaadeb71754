/** A question that went on to a person of the office. What is kept is what happened; where it stands follows from that. */

export const INQUIRY_STATES = ['受付', '対応中', '回答済', '取下げ'] as const;
export type InquiryState = (typeof INQUIRY_STATES)[number];

/** Where the office's reply is shown: in the thread the question was asked in, or to the asker alone. */
export type ReplyTo = 'thread' | 'person';

/** What happened, without words: those lie in a place of their own, where a person can have them erased. */
export type InquiryEventBody =
  | { readonly kind: 'opened'; readonly answerId: string; readonly replyTo: ReplyTo }
  /** `from`: who had it before; null when nobody had. */
  | { readonly kind: 'taken'; readonly from: string | null }
  | { readonly kind: 'handedBack' }
  /** `correction`: an earlier reply of the office is put right by this one. */
  | { readonly kind: 'replied'; readonly correction: boolean }
  /** The asker adds something, also after a reply: then the office is asked again. */
  | { readonly kind: 'supplemented' }
  | { readonly kind: 'withdrawn' }
  /** A change of the knowledge was drafted from the reply; `file` is its name. */
  | { readonly kind: 'drafted'; readonly file: string };

export type InquiryEvent = InquiryEventBody & {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who did it; a reference where the person was erased. */
  readonly actor: string;
};

export interface Inquiry {
  readonly answerId: string;
  readonly asker: string;
  readonly replyTo: ReplyTo;
  readonly state: InquiryState;
  /** Who of the office has it; null while nobody has. */
  readonly owner: string | null;
  /** The number of its events. */
  readonly version: number;
  readonly replies: number;
  readonly openedAt: number;
  readonly changedAt: number;
}

/** Where an inquiry stands after everything that happened. Throws when the first event is not its opening. */
export function replayInquiry(events: readonly InquiryEvent[]): Inquiry {
  const [opening, ...later] = events;
  if (opening?.kind !== 'opened') throw new Error('an inquiry begins with its opening');
  return later.reduce(evolveInquiry, {
    answerId: opening.answerId,
    asker: opening.actor,
    replyTo: opening.replyTo,
    state: '受付',
    owner: null,
    version: 1,
    replies: 0,
    openedAt: opening.at,
    changedAt: opening.at,
  });
}

/** The inquiry after one more event. */
export function evolveInquiry(before: Inquiry, event: InquiryEvent): Inquiry {
  const current = { ...before, version: before.version + 1, changedAt: event.at };
  switch (event.kind) {
    case 'opened':
      return current;
    case 'taken':
      return { ...current, state: '対応中', owner: event.actor };
    case 'handedBack':
      return { ...current, state: '受付', owner: null };
    case 'replied':
      return { ...current, state: '回答済', owner: event.actor, replies: current.replies + 1 };
    case 'supplemented':
      return current.state === '回答済' ? { ...current, state: '対応中' } : current;
    case 'withdrawn':
      return { ...current, state: '取下げ', owner: null };
    case 'drafted':
      return current;
  }
}

/** True while the office still owes something. */
export function isOpen({ state }: Pick<Inquiry, 'state'>): boolean {
  return state === '受付' || state === '対応中';
}
