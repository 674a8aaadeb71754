/** Why a question is answered as it is: one line for users, every step for staff. */
import { type Answer, citedProvisions } from './answer.ts';
import type { Question } from './question.ts';
import type { ClassKind, RankedClass } from './ranking.ts';
import type { Reading, Turns } from './reading.ts';

/** One thing the question may be about, and how near it came. */
export interface Candidate {
  readonly kind: ClassKind;
  /** Canonical citation, or the id of the topic, gap or neighbour. */
  readonly key: string;
  /** Comparable within one question. */
  readonly score: number;
  /** The paraphrase that came nearest, its likeness 0..1, and the words it shares; null when only the wording fits. */
  readonly ask: {
    readonly text: string;
    readonly likeness: number;
    readonly shared: readonly string[];
  } | null;
  /** How much of the question the provision's own words cover, 0..1. */
  readonly wording: number;
}

/** What was decided for one of the answers, and by what. */
export interface Outcome {
  /** 第9条, or what the terms leave open. */
  readonly of: string;
  /** `citation`, `rule`, `ask`…: see `Reason`; null when nothing was recognised. */
  readonly by: Answer['reasons'][number]['kind'] | null;
  readonly reasons: Answer['reasons'];
}

export interface Trace {
  /** As typed, without Slack's markup. */
  readonly asked: string;
  /** As it was compared. */
  readonly read: string;
  /** What was recognised before any search: 「API」 → 「項番4、項番7」. */
  readonly recognised: readonly { readonly name: string; readonly found: string }[];
  /** The same with what the thread lent; null when the question stood alone. */
  readonly lent: readonly { readonly name: string; readonly found: string }[] | null;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  readonly outcomes: readonly Outcome[];
  /** One Japanese line fit for users. */
  readonly line: string;
}

const MOST_CANDIDATES = 8;
/** Whatever the question is about, the provisions nearest to it are named. */
const LEAST_PROVISIONS = 4;
const MOST_WORDS = 3;

const TURN_NAMES: Readonly<Record<keyof Turns, string>> = {
  requirement: '要否を尋ねる言い方',
  definition: '意味を尋ねる言い方',
  procedure: '手続を尋ねる言い方',
  next: '次を尋ねる言い方',
  whichApi: 'どのAPIかを尋ねる言い方',
  amount: '数・費用・場所を尋ねる言い方',
  difference: '違いを尋ねる言い方',
  officeStops: '担当室が止める言い方',
  providerStops: '自分で止める言い方',
};

const CLASS_NAMES: Readonly<Record<ClassKind, string>> = {
  provision: '規定',
  topic: 'まとめ',
  gap: '定めのない事柄',
  neighbour: '隣の制度',
  offtopic: '質問ではないもの',
};

const DECIDED_BY: Readonly<Record<Exclude<Outcome['by'], null>, string>> = {
  citation: '条番号',
  rule: '規則（適用の表）',
  ask: '尋ね方の近さ',
  words: '言い方と規則',
  definition: '用語の意味',
  context: '前の質問',
  voice: 'だれがするか',
};

/** `reading`: what was decided on; `alone`: the question without its thread. */
export function traceOf(given: {
  readonly question: Question;
  readonly alone: Reading;
  readonly reading: Reading;
  readonly candidates: readonly RankedClass[];
  readonly answers: readonly Answer[];
}): Trace {
  const { question, alone, reading, answers } = given;
  const candidates = nearest(given.candidates).map(candidateOf);
  return {
    asked: question.shown,
    read: question.plain,
    recognised: recognisedIn(alone),
    lent: reading === alone ? null : recognisedIn(reading),
    candidates,
    outcomes: answers.map(outcomeOf),
    line: answers.map((answer) => reasonLine(answer, candidates, question.plain)).join(''),
  };
}

/** A candidate in one line: 規定 第9条　0.812　「利用をやめたい」（近さ0.71、共通：利用・やめる） */
export function candidateLine({ kind, key, score, ask, wording }: Candidate): string {
  const nearest =
    ask === null
      ? '近い尋ね方なし'
      : `「${ask.text}」（近さ${ask.likeness.toFixed(2)}、共通：${ask.shared.join('・') || 'なし'}）`;
  return `${CLASS_NAMES[kind]} ${key}　点${score.toFixed(3)}　${nearest}　条文の言葉${wording.toFixed(2)}`;
}

/** What decided, in a word. */
export function decidedBy({ by }: Outcome): string {
  return by === null ? '何も当てはまりませんでした' : DECIDED_BY[by];
}

/** Every step for a reader of plain text, in the order in which they are taken. */
export function traceAsText(trace: Trace): string {
  const facts = (all: Trace['recognised']) =>
    all.length === 0 ? ['  （ありません）'] : all.map(({ name, found }) => `  ${name}：${found}`);
  return [
    `1 読んだ質問　${trace.read}`,
    '2 質問から読み取ったもの',
    ...facts(trace.recognised),
    ...(trace.lent === null ? [] : ['  前の質問で補ったあと', ...facts(trace.lent)]),
    `3 候補（点の高い順${trace.outcomes.every(({ by }) => by === 'ask') ? '' : '。番号や規則が決め手のときは参考'}）`,
    ...trace.candidates.map((candidate, index) => `  ${index + 1}　${candidateLine(candidate)}`),
    '4 決め手',
    ...trace.outcomes.flatMap((outcome) => [
      `  ${outcome.of}　←　${decidedBy(outcome)}`,
      ...outcome.reasons.flatMap(({ line, detail }) => [`    ${line}`, `      ${detail}`]),
    ]),
    `5 質問した人への説明　${trace.line}`,
  ].join('\n');
}

function nearest(all: readonly RankedClass[]): RankedClass[] {
  const top = all.slice(0, MOST_CANDIDATES);
  const missing = LEAST_PROVISIONS - top.filter(({ kind }) => kind === 'provision').length;
  const further = all.slice(MOST_CANDIDATES).filter(({ kind }) => kind === 'provision');
  return [...top, ...further.slice(0, Math.max(0, missing))];
}

function candidateOf({ kind, key, score, ask, wording }: RankedClass): Candidate {
  return {
    kind,
    key,
    score,
    ask: ask === null ? null : { text: ask.text, likeness: ask.similarity, shared: ask.shared },
    wording,
  };
}

function outcomeOf(answer: Answer): Outcome {
  return { of: whatOf(answer), by: answer.reasons[0]?.kind ?? null, reasons: answer.reasons };
}

function whatOf(answer: Answer): string {
  switch (answer.kind) {
    case 'answer':
      return answer.quotes.map(({ label }) => label).join('、');
    case 'choose':
      return `聞き返し（${citedProvisions(answer)
        .map(({ label }) => label)
        .join('、')}）`;
    case 'not_settled':
      return `定めなし：${answer.topic}`;
    case 'no_such_provision':
      return `ない条番号：${answer.asked}`;
    case 'out_of_scope':
      return answer.scheme === null ? '範囲外' : `範囲外：${answer.scheme.name}`;
  }
}

/** The words people used come first: the paraphrase alone does not say what was recognised in the question. */
function reasonLine(answer: Answer, candidates: readonly Candidate[], read: string): string {
  const [first, ...others] = answer.reasons;
  if (first === undefined) return '利用規約の言葉や、知っている尋ね方が、質問に見つかりませんでした。';
  const nearest = candidates.find(({ ask }) => ask !== null && first.line.includes(`「${ask.text}」`));
  const words = wordsIn(read, first.kind === 'ask' ? (nearest?.ask?.shared ?? []) : []);
  const said = words.length === 0 ? '' : `${words.map((word) => `「${word}」`).join('')}という言葉があり、`;
  return [`${said}${first.line}`, ...others.map(({ line }) => line)].join('');
}

/** Of the shared features those that a reader finds in the question as words: no readings, no pieces of words. */
function wordsIn(read: string, shared: readonly string[]): string[] {
  const found = shared.filter(
    (word) =>
      WHOLE_WORD.test(word) && read.includes(/^\p{Script=Hiragana}+$/u.test(word) ? word.slice(0, -1) : word),
  );
  return found
    .filter((word) => !found.some((other) => other !== word && other.includes(word)))
    .slice(0, MOST_WORDS);
}

/** One script throughout: 「の天」 is a piece. A verb in kana is found by its stem. */
const WHOLE_WORD =
  /^(?:[\p{Script=Han}々]{2,}|[\p{Script=Katakana}ー]{2,}|[a-z0-9]{2,}|\p{Script=Hiragana}{3,})$/u;

function recognisedIn(reading: Reading): Trace['recognised'] {
  const turns = Object.entries(reading.turns).flatMap(([turn, found]) =>
    found === null ? [] : [{ name: TURN_NAMES[turn as keyof Turns], found: `「${found}」` }],
  );
  const rows = (all: readonly number[]) => all.map((row) => `項番${row}`).join('、');
  return [
    { name: '条番号', found: reading.citations.map(({ surface }) => surface.trim()).join('、') },
    { name: 'API', found: rows(reading.apis) },
    { name: '意味の分かれる名前', found: reading.apisPerhaps.map(rows).join('／') },
    { name: '手続', found: reading.steps.join('、') },
    { name: '定義のある用語', found: [...reading.defined].join('、') },
    ...turns,
  ].filter(({ found }) => found !== '');
}
