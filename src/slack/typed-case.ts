/** /anken with a verb, a case and what follows: the same forms, filled in by hand. */
import { NOTICE_ACTS, OTHER_DATE_SUBJECTS, OUTCOMES, PARTIES } from '../cases/case.ts';
import { readCaseId } from '../cases/case-id.ts';
import { searchForm } from '../cases/words.ts';
import type { CaseRecord } from '../store/case-reads.ts';
import { STEP_NAMES } from '../terms/steps.ts';
import type { FormName } from './views/case-forms.ts';
import { unescapeMrkdwn } from './views/text.ts';

/** What was typed for the inputs of a form, or what cannot be read of it. */
export type Filled = { readonly inputs: Readonly<Record<string, string>> } | { readonly problem: string };

export interface Typist {
  readonly person: string;
  /** Where the command was typed. */
  readonly channel: string;
}

export interface Verb {
  /** As help names it; the others are understood too. */
  readonly words: readonly string[];
  /** What follows the number of the case, for help. */
  readonly usage: string;
  readonly form: FormName | ((record: CaseRecord) => FormName);
  /** Fills in the form from the words behind the number; absent where the form is always opened. */
  readonly fill?: (rest: string, typist: Typist) => Filled;
}

const STATES = ['準備中', '提出済', '確認中', '完了'];
const LABELS: Readonly<Record<string, string>> = {
  社内目標: '社内目標',
  窓口の指示: '窓口の指示',
  窓口: '窓口の指示',
  公表資料: '公表資料',
  規約: '規約',
};

export const VERBS: readonly Verb[] = [
  { words: ['受け付ける', '受付', 'accept'], usage: '@担当者', form: 'accept', fill: oneOf(person, 'owner') },
  {
    words: ['受け付けない', 'decline'],
    usage: '理由',
    form: 'decline',
    fill: (rest) => inputs({ reason: rest }),
  },
  { words: ['進める', 'advance'], usage: '手順 状態', form: 'advance', fill: advance },
  {
    words: ['差し戻す', '差戻し', '差戻す', 'return'],
    usage: '手順 理由',
    form: 'return',
    fill: stepThen('reason'),
  },
  {
    words: ['担当', '担当者', 'assign'],
    usage: '@担当者（自分、なし）',
    form: 'assign',
    fill: oneOf(person, 'owner'),
  },
  { words: ['期限', '日付', 'due'], usage: '手順 日付 根拠', form: 'due', fill: due },
  { words: ['日付を消す', '期限を消す'], usage: '手順', form: 'clearDate', fill: oneOf(subject, 'subject') },
  {
    words: ['メモ', 'note'],
    usage: '文（担当室だけが見ます）',
    form: 'note',
    fill: (rest) => inputs({ audience: 'staff', text: rest }),
  },
  {
    words: ['共有メモ', 'share-note'],
    usage: '文（提供者にも見えます）',
    form: 'note',
    fill: (rest) => inputs({ audience: 'shared', text: rest }),
  },
  {
    words: ['回答', '回答する', 'answer'],
    usage: '質問の番号 文',
    form: 'answer',
    fill: numbered('question'),
  },
  { words: ['待ち', 'wait'], usage: '手順 提供者（担当室）', form: 'waitFor', fill: waitFor },
  { words: ['承認', 'approve'], usage: '日付', form: 'approve', fill: (rest) => inputs({ on: rest }) },
  {
    words: ['承認取消', '承認を取り消す'],
    usage: '理由',
    form: 'withdrawApproval',
    fill: (rest) => inputs({ reason: rest }),
  },
  { words: ['対象外'], usage: '手順', form: 'aside', fill: oneOf(step, 'step') },
  { words: ['対象に戻す'], usage: '手順', form: 'takeUp', fill: oneOf(step, 'step') },
  { words: ['利用開始', 'start'], usage: '', form: 'startUse' },
  { words: ['停止', 'stop'], usage: '（根拠を選びます）', form: 'stop' },
  { words: ['再開', 'resume'], usage: '', form: resume },
  { words: ['解除', 'lift'], usage: '', form: 'lift' },
  { words: ['終了', 'end'], usage: '', form: 'notice' },
  { words: ['届出', 'notice'], usage: '', form: 'notice' },
  { words: ['届出どおり', 'done'], usage: '', form: 'carryOut' },
  { words: ['届出取下げ'], usage: '停止（再開、終了） 理由', form: 'withdrawNotice', fill: withdrawNotice },
  { words: ['提供', 'share'], usage: '（第10条の提供先と内容）', form: 'share' },
  { words: ['協議', 'consult'], usage: '', form: 'consult' },
  { words: ['現地調査', 'investigate'], usage: '', form: 'investigate' },
  { words: ['メンバー', 'member'], usage: '@人', form: 'member', fill: oneOf(person, 'member') },
  { words: ['メンバーから外す', '外す'], usage: '@人', form: 'removeMember', fill: oneOf(person, 'member') },
  {
    words: ['チャンネル', 'channel'],
    usage: 'ここ（#チャンネル、なし）',
    form: 'place',
    fill: oneOf(channel, 'channel'),
  },
  { words: ['直す', 'amend'], usage: '', form: 'amend' },
  { words: ['api', 'api変更'], usage: '', form: 'chooseApis' },
  { words: ['版', 'adopt'], usage: '', form: 'adoptTerms' },
  { words: ['状態訂正'], usage: '', form: 'usage' },
  { words: ['訂正', 'correct'], usage: '記録の番号 文', form: 'correct', fill: numbered('entry') },
  { words: ['閉じる', 'close'], usage: '完了（取下げ） 理由', form: 'close', fill: close },
  { words: ['開き直す', 'reopen'], usage: '理由', form: 'reopen', fill: (rest) => inputs({ reason: rest }) },
];

const BY_WORD = new Map(VERBS.flatMap((verb) => verb.words.map((word) => [word, verb] as const)));

export type Typed =
  | { readonly kind: 'command'; readonly verb: Verb; readonly id: string; readonly rest: string }
  /** A verb without a case it could act on. */
  | { readonly kind: 'incomplete'; readonly verb: Verb };

/** Reads 「期限 K-00012 接続確認環境試験 来週の金曜」; null where it does not begin with a verb. */
export function readTyped(text: string): Typed | null {
  const [, first = '', second, rest = ''] = /^(\S+)(?:\s+(\S+)(?:\s+([\s\S]*))?)?$/u.exec(text.trim()) ?? [];
  const verb = BY_WORD.get(first.normalize('NFKC').toLowerCase());
  if (verb === undefined) return null;
  const id = second === undefined ? null : readCaseId(second);
  return id === null ? { kind: 'incomplete', verb } : { kind: 'command', verb, id, rest: rest.trim() };
}

/** 「/anken 期限 K-00012 手順 日付 根拠」 */
export function usageOf({ words, usage }: Verb, id = 'K-00012'): string {
  return `/anken ${words[0]} ${id} ${usage}`.trim();
}

type Reader = (word: string, typist: Typist) => { readonly value: string } | { readonly problem: string };

function inputs(given: Readonly<Record<string, string>>): Filled {
  return { inputs: mapValues(given) };
}

/** Slack escapes what is typed behind this command. */
function mapValues(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, unescapeMrkdwn(value)]));
}

function oneOf(read: Reader, name: string) {
  return (rest: string, typist: Typist): Filled => {
    const found = read(rest, typist);
    return 'problem' in found ? found : inputs({ [name]: found.value });
  };
}

function stepThen(name: string) {
  return (rest: string): Filled => {
    const [first, others] = cutFirst(rest);
    const found = step(first);
    return 'problem' in found ? found : inputs({ step: found.value, [name]: others });
  };
}

function numbered(name: string) {
  return (rest: string): Filled => {
    const [first, others] = cutFirst(rest);
    const number = /^(?:質問|記録)?(\d{1,9})$/.exec(first.normalize('NFKC'))?.[1];
    return number === undefined
      ? { problem: `「${shown(first)}」を番号として読めません。番号、文の順に書いてください。` }
      : inputs({ [name]: number, text: others });
  };
}

function advance(rest: string): Filled {
  const [first, others] = cutFirst(rest);
  const [to, reason] = cutFirst(others);
  const found = step(first);
  if ('problem' in found) return found;
  if (to === '') return inputs({ step: found.value });
  if (STATES.includes(to)) return inputs({ step: found.value, to, reason });
  return {
    problem: `「${shown(to)}」は状態として読めません。${STATES.join('、')}のどれかを書いてください。`,
  };
}

/** Without a label it is the office's own target: nothing typed in a hurry looks like a rule. */
function due(rest: string): Filled {
  const [first, others] = cutFirst(rest);
  const found = subject(first);
  if ('problem' in found) return found;
  const typed = others.split(/\s+/u).filter((word) => word !== '');
  const at = typed.findIndex((word) => Object.hasOwn(LABELS, word));
  const on = (at === -1 ? typed : typed.slice(0, at)).join(' ');
  const label = at === -1 ? '社内目標' : (LABELS[typed[at] ?? ''] ?? '社内目標');
  return inputs({ subject: found.value, on, label, source: at === -1 ? '' : typed.slice(at + 1).join(' ') });
}

function waitFor(rest: string): Filled {
  const [first, party] = cutFirst(rest);
  const found = step(first);
  if ('problem' in found) return found;
  return party === '' || (PARTIES as readonly string[]).includes(party)
    ? inputs({ step: found.value, party })
    : { problem: `「${shown(party)}」は読めません。${PARTIES.join('か')}を書いてください。` };
}

function withdrawNotice(rest: string): Filled {
  const [act, reason] = cutFirst(rest);
  return (NOTICE_ACTS as readonly string[]).includes(act)
    ? inputs({ act, reason })
    : {
        problem: `「${shown(act)}」は届出の内容として読めません。${NOTICE_ACTS.join('、')}のどれかを書いてください。`,
      };
}

function close(rest: string): Filled {
  const [outcome, reason] = cutFirst(rest);
  return (OUTCOMES as readonly string[]).includes(outcome)
    ? inputs({ outcome, reason })
    : { problem: `「${shown(outcome)}」は結果として読めません。${OUTCOMES.join('か')}を書いてください。` };
}

function resume({ state }: CaseRecord): FormName {
  if (state.usage.state === 'stopped-by-office') return 'lift';
  return state.notices.some(({ act, carriedOutOn }) => act === '再開' && carriedOutOn === null)
    ? 'carryOut'
    : 'notice';
}

function step(word: string) {
  return nameAmong(word, STEP_NAMES);
}

function subject(word: string) {
  return nameAmong(word, [...STEP_NAMES, ...OTHER_DATE_SUBJECTS]);
}

/** The name itself, or the only one that holds the word: 「環境試験」 is two, 「接続確認」 is one. */
function nameAmong(word: string, names: readonly string[]): ReturnType<Reader> {
  const wanted = searchForm(word);
  const exact = names.find((name) => searchForm(name) === wanted);
  if (exact !== undefined) return { value: exact };
  const near = wanted === '' ? [] : names.filter((name) => searchForm(name).includes(wanted));
  const [only] = near;
  if (only !== undefined && near.length === 1) return { value: only };
  return {
    problem: `「${shown(word)}」がどれか分かりません。${(near.length > 1 ? near : names).join('、')}のどれかを書いてください。`,
  };
}

function person(word: string, { person: me }: Typist): ReturnType<Reader> {
  if (/^(?:自分|私|me)$/u.test(word)) return { value: me };
  if (/^(?:なし|無し|none)$/u.test(word)) return { value: '' };
  const id = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(word)?.[1] ?? /^[UW][A-Z0-9]{5,20}$/.exec(word)?.[0];
  return id === undefined
    ? { problem: `「${shown(word)}」がだれか分かりません。@ を入力したときに出る候補から選んでください。` }
    : { value: id };
}

function channel(word: string, typist: Typist): ReturnType<Reader> {
  if (/^(?:ここ|here)$/u.test(word)) return { value: typist.channel };
  if (/^(?:なし|無し|none)$/u.test(word)) return { value: '' };
  const id = /^<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(word)?.[1] ?? /^[CG][A-Z0-9]{5,20}$/.exec(word)?.[0];
  return id === undefined
    ? {
        problem: `「${shown(word)}」がどのチャンネルか分かりません。「ここ」と書くか、# を入力したときに出る候補から選んでください。`,
      }
    : { value: id };
}

function cutFirst(text: string): [string, string] {
  const [, first = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(text.trim()) ?? [];
  return [first, rest];
}

function shown(word: string): string {
  return [...unescapeMrkdwn(word)].slice(0, 30).join('');
}
