import type { Knowledge } from '../knowledge/knowledge.ts';
import type {
  GapKnowledge,
  NeighbourKnowledge,
  ProvisionKnowledge,
  TopicKnowledge,
} from '../knowledge/schema.ts';
import type { TextProblem } from '../terms/model.ts';
import type { Resolution } from '../terms/provisions.ts';
import type { Bearing, Choose, Grounded, NoSuchProvision, NotSettled, OutOfScope, Reason } from './answer.ts';
import type { Quoter } from './quote.ts';

/** Builds answers out of the text and the knowledge beside it; every sentence comes from one of the two. */
export interface Composer {
  /** One or several provisions, best first. Throws `provision-missing` for a key the text does not hold. */
  provisions(keys: readonly [string, ...string[]], reasons: readonly Reason[]): Grounded;
  /** Provisions named because they come near in likeness. */
  near(keys: readonly string[]): Bearing[];
  topic(topic: TopicKnowledge, reasons: readonly Reason[]): Grounded;
  gap(gap: GapKnowledge, reasons: readonly Reason[], cited: readonly string[]): NotSettled;
  neighbour(neighbour: NeighbourKnowledge, reasons: readonly Reason[]): OutOfScope;
  outOfScope(reasons: readonly Reason[]): OutOfScope;
  empty(): OutOfScope;
  absent(result: Extract<Resolution, { kind: 'absent' }>, reasons: readonly Reason[]): NoSuchProvision;
  /** Two to four meanings, each the provision it leads to and what choosing it means. */
  choose(
    meanings: readonly [Meaning, Meaning, ...Meaning[]],
    lead: string,
    reasons: readonly Reason[],
  ): Choose;
}

type Meaning = { readonly cite: string; readonly label: string };

const MOST_BEARINGS = 4;
/** Oddities a reader of the clause must know; the others (widths, spellings) would only be noise beside an answer. */
const NOTED = new Set(['reference-unresolved', 'term-undefined', 'exemption-partial']);

/** `exempting`: canonical citations of the provisions that exempt or read over (第16条). */
export function createComposer(
  knowledge: Knowledge,
  problems: readonly TextProblem[],
  quoter: Quoter,
  exempting: ReadonlySet<string>,
): Composer {
  const known = new Map(knowledge.provisions.map((entry) => [entry.cite, entry] as const));
  const entryOf = (key: string): ProvisionKnowledge | undefined => known.get(key);

  return { provisions, near, topic, gap, neighbour, outOfScope, empty, absent, choose };

  function provisions(keys: readonly [string, ...string[]], reasons: readonly Reason[]): Grounded {
    const [first, ...rest] = keys;
    const entries = keys.map(entryOf).filter((entry) => entry !== undefined);
    return {
      kind: 'answer',
      lead: entries.map(({ summary }) => summary.ja).join(''),
      leadEn: entries.map(({ summary }) => summary.en).join(' '),
      verdict: null,
      quotes: [quoter.quoteKey(first), ...rest.map(quoter.quoteKey)],
      bearing: bearings(
        entries.flatMap(({ bearing }) => bearing),
        keys,
      ),
      notes: notesAt(keys),
      handover: entries.find(({ judgement }) => judgement !== null)?.judgement ?? null,
      reasons,
    };
  }

  function near(keys: readonly string[]): Bearing[] {
    return keys.map((key) => ({
      quote: quoter.quoteKey(key),
      why: '尋ね方が近い規定です。',
      decisive: false,
    }));
  }

  function topic(entry: TopicKnowledge, reasons: readonly Reason[]): Grounded {
    const [first, ...rest] = entry.cites;
    if (first === undefined) throw new Error(`topic without a citation: ${entry.id}`);
    return {
      kind: 'answer',
      lead: entry.answer.ja,
      leadEn: entry.answer.en,
      verdict: null,
      quotes: [quoter.quoteKey(first), ...rest.map(quoter.quoteKey)],
      bearing: bearings(entry.bearing, entry.cites),
      notes: notesAt(entry.cites),
      handover:
        entry.cites.map((key) => entryOf(key)?.judgement ?? null).find((text) => text !== null) ?? null,
      reasons,
    };
  }

  function gap(entry: GapKnowledge, reasons: readonly Reason[], cited: readonly string[]): NotSettled {
    return {
      kind: 'not_settled',
      topic: entry.topic,
      gapId: entry.id,
      lead: entry.statement.ja,
      leadEn: entry.statement.en,
      nearest: entry.nearest.slice(0, 3).map(quoter.quoteKey),
      outside: entry.outside,
      notes: [
        ...(entry.presupposition === null ? [] : [entry.presupposition]),
        ...cited.filter((key) => !entry.nearest.includes(key)).map(correction),
      ],
      reasons,
    };
  }

  /** 「利用料は第12条だよね？」: says what the named provision is about instead. */
  function correction(key: string): string {
    const quote = quoter.quoteKey(key);
    return `${key}は「${quote.caption}」の規定で、この点の定めではありません。`;
  }

  function neighbour(entry: NeighbourKnowledge, reasons: readonly Reason[]): OutOfScope {
    return {
      kind: 'out_of_scope',
      lead: entry.statement.ja,
      leadEn: entry.statement.en,
      scheme: { name: entry.name, address: entry.address },
      nearest: entry.nearest.map(quoter.quoteKey),
      reasons,
    };
  }

  function outOfScope(reasons: readonly Reason[]): OutOfScope {
    return {
      kind: 'out_of_scope',
      lead: 'マイナポータルAPI利用規約についてのご質問ではないようです。このボットは、この利用規約に書かれていることだけをお答えします。',
      leadEn:
        'This does not seem to be about the terms of use of the MynaPortal API, which is all this bot answers from.',
      scheme: null,
      nearest: [],
      reasons,
    };
  }

  function empty(): OutOfScope {
    return {
      ...outOfScope([]),
      lead: '質問の文が読み取れませんでした。「企画書は必要？」「第11条第2項」のように入力してください。',
      leadEn: null,
    };
  }

  function absent(
    result: Extract<Resolution, { kind: 'absent' }>,
    reasons: readonly Reason[],
  ): NoSuchProvision {
    const nearest = result.nearest === null ? [] : quoter.quoteWhole(result.nearest).slice(0, 3);
    return {
      kind: 'no_such_provision',
      asked: result.asked,
      lead: `${result.asked}は、この版の利用規約にありません。${result.explanation}。`,
      nearest,
      notes: ['別の版の利用規約をご覧になっている場合は、条番号が異なることがあります。'],
      reasons,
    };
  }

  function choose(
    meanings: Parameters<Composer['choose']>[0],
    lead: string,
    reasons: readonly Reason[],
  ): Choose {
    const choice = ({ cite, label }: { cite: string; label: string }) => ({
      quote: quoter.quoteKey(cite),
      summary: label,
    });
    const [first, second, ...rest] = meanings;
    return {
      kind: 'choose',
      lead,
      choices: [choice(first), choice(second), ...rest.slice(0, 2).map(choice)],
      reasons,
    };
  }

  function bearings(wanted: readonly { cite: string; why: string }[], shown: readonly string[]): Bearing[] {
    const fresh = wanted.filter(
      ({ cite }, index) =>
        !shown.includes(cite) && wanted.findIndex((other) => other.cite === cite) === index,
    );
    return fresh.slice(0, MOST_BEARINGS).map(({ cite, why }) => ({
      quote: quoter.quoteKey(cite),
      why,
      decisive: exempting.has(cite),
    }));
  }

  function notesAt(keys: readonly string[]): string[] {
    return problems
      .filter(({ at, code }) => NOTED.has(code) && at !== null && keys.includes(at))
      .map(({ note }) => note.replace(/。?$/u, '。'));
  }
}
