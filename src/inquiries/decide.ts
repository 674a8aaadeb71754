/** Who may do what with an inquiry, and what comes of it. The one place every surface asks. */
import { type Inquiry, type InquiryEventBody, isOpen } from './inquiry.ts';

/** A person as the server knows them now: never from what a client sent. */
export interface Actor {
  readonly person: string;
  readonly staff: boolean;
}

export const INQUIRY_COMMANDS = ['take', 'handBack', 'reply', 'supplement', 'withdraw', 'draft'] as const;
export type InquiryCommand =
  | { readonly kind: 'take' | 'handBack' | 'withdraw' }
  | { readonly kind: 'reply' | 'supplement'; readonly text: string }
  /** `file`: the name of the change file. */
  | { readonly kind: 'draft'; readonly file: string };

export interface InquiryRefusal {
  readonly kind: 'refused';
  readonly code: 'not-allowed' | 'wrong-state' | 'invalid';
  /** Japanese, for the person who asked. */
  readonly message: string;
}

/** Longest text of a reply or a supplement: what one input of Slack takes. */
export const LONGEST_WORDS = 3_000;

/** What a person who may not know of an inquiry is told: the same as when there is none. */
export const NO_SUCH_INQUIRY: InquiryRefusal = refuse('not-allowed', 'その問い合わせは見つかりません。');

const STAFF_COMMANDS: ReadonlySet<InquiryCommand['kind']> = new Set(['take', 'handBack', 'reply', 'draft']);

/** The asker and the office know of an inquiry, nobody else. */
export function maySeeInquiry({ asker }: Pick<Inquiry, 'asker'>, { person, staff }: Actor): boolean {
  return staff || person === asker;
}

/** The event that a command leads to, or why it does not. Nothing has happened when it is refused. */
export function decideInquiry(
  current: Inquiry,
  command: InquiryCommand,
  actor: Actor,
): InquiryEventBody | InquiryRefusal {
  if (!maySeeInquiry(current, actor)) return NO_SUCH_INQUIRY;
  if (STAFF_COMMANDS.has(command.kind) && !actor.staff) {
    return refuse('not-allowed', 'この操作は担当室の職員だけができます。');
  }
  switch (command.kind) {
    case 'take':
      return take(current, actor);
    case 'handBack':
      return handBack(current, actor);
    case 'reply':
      return reply(current, command.text, actor);
    case 'supplement':
      return supplement(current, command.text, actor);
    case 'withdraw':
      return withdraw(current, actor);
    case 'draft':
      return current.replies === 0
        ? refuse('wrong-state', '回答した問い合わせだけが、知識に加える案になります。')
        : { kind: 'drafted', file: command.file };
  }
}

function take({ state, owner }: Inquiry, { person }: Actor): InquiryEventBody | InquiryRefusal {
  if (state !== '受付' && state !== '対応中') return closed(state);
  if (owner === person) return refuse('wrong-state', 'すでにあなたが担当しています。');
  return { kind: 'taken', from: owner };
}

function handBack({ state, owner }: Inquiry, { person }: Actor): InquiryEventBody | InquiryRefusal {
  if (state !== '対応中') return refuse('wrong-state', '戻せるのは、対応中の問い合わせだけです。');
  if (owner !== person) return notTheOwner();
  return { kind: 'handedBack' };
}

/** Whoever replies first has it from then on; afterwards only the owner, who may also put a reply right. */
function reply({ state, owner, replies }: Inquiry, text: string, { person }: Actor) {
  if (state === '取下げ') return closed(state);
  if (owner !== null && owner !== person) return notTheOwner();
  return unreadable(text) ?? ({ kind: 'replied', correction: state === '回答済' && replies > 0 } as const);
}

function supplement({ state, asker }: Inquiry, text: string, { person }: Actor) {
  if (person !== asker) return refuse('not-allowed', '補足できるのは、質問した人だけです。');
  if (state === '取下げ') return closed(state);
  return unreadable(text) ?? ({ kind: 'supplemented' } as const);
}

function withdraw(current: Inquiry, { person }: Actor): InquiryEventBody | InquiryRefusal {
  if (person !== current.asker) return refuse('not-allowed', '取り下げられるのは、質問した人だけです。');
  return isOpen(current) ? { kind: 'withdrawn' } : closed(current.state);
}

function unreadable(text: string): InquiryRefusal | null {
  const length = text.trim().length;
  if (length === 0) return refuse('invalid', '文章を入力してください。');
  return length > LONGEST_WORDS
    ? refuse('invalid', `${LONGEST_WORDS.toLocaleString('en')}字までで入力してください（いま${length}字）。`)
    : null;
}

function closed(state: Inquiry['state']): InquiryRefusal {
  return refuse('wrong-state', `この問い合わせは「${state}」のため、この操作はできません。`);
}

function notTheOwner(): InquiryRefusal {
  return refuse('not-allowed', '担当者だけができる操作です。先に引き継いでください。');
}

function refuse(code: InquiryRefusal['code'], message: string): InquiryRefusal {
  return { kind: 'refused', code, message };
}
