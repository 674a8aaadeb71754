import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Citation, formatCitation, isWithin, parseCanonical } from '../terms/citation.ts';
import type { StepRules } from '../terms/steps.ts';
import type { Answer, Reason } from './answer.ts';
import type { Composer } from './compose.ts';
import type { Quoter } from './quote.ts';
import { isRow, leanTo } from './leaning.ts';
import { answerProcedure, STEPS_TO_USE } from './procedure.ts';
import type { Rank, RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';
import { answerRequirement } from './requirement.ts';
import { requirementAsked } from './steps-asked.ts';

export interface DecisionParts {
  readonly knowledge: Knowledge;
  readonly rules: StepRules;
  readonly quoter: Quoter;
  readonly composer: Composer;
  readonly rank: Rank;
  /** Canonical citations of the provisions that define a term. */
  readonly definitions: ReadonlySet<string>;
}

/** Under this likeness nothing was recognised at all. */
const LEAST_SCORE = 0.2;
/** A gap this much like the question wins over a provision named by number. */
const SURE = 0.45;

/** The order in which a question is understood: by number, by rule, by likeness; what is not recognised is said. */
export function decide(reading: Reading, parts: DecisionParts): Answer {
  const ranked = leanTo(parts.rank(reading.question.plain), reading, parts.definitions);
  return (
    byAbsentCitation(reading, parts) ??
    byLoneCitation(reading, parts) ??
    byLoneApi(reading, parts) ??
    byRequirement(reading, ranked, parts) ??
    byProcedure(reading, ranked, parts) ??
    byCitation(reading, ranked, parts) ??
    byLikeness(reading, ranked, parts)
  );
}

function byAbsentCitation({ citations }: Reading, { composer }: DecisionParts): Answer | null {
  const absent = citations.find(({ result }) => result.kind === 'absent');
  if (absent?.result.kind !== 'absent') return null;
  return composer.absent(absent.result, [
    {
      kind: 'citation',
      line: `「${absent.surface.trim()}」という条番号が書かれていました。`,
      detail: absent.result.explanation,
    },
  ]);
}

/** The question is a provision's number and hardly more: 「第11条2項」「3条を見せて」. */
function byLoneCitation(reading: Reading, { composer, quoter }: DecisionParts): Answer | null {
  const cited = foundCitations(reading);
  const [first] = cited;
  if (!first) return null;
  const rest = reading.citations
    .map(({ surface }) => surface)
    .reduce((text, surface) => text.replace(surface, ''), reading.question.shown)
    .normalize('NFKC')
    .replace(
      /の?(条文|内容|全文|本文|規定|原文)|を?(見せて|表示|教えて|ください|見たい|出して|確認したい|読みたい)|って(何|なに|どんな)|とは|には?何(が|て)書いて(ある|あります)か?|(は|って)どんな(内容|規定|条文)|の|と|を|は|、|。|\?|？|「|」|\s/gu,
      '',
    );
  if (rest.length > 2) return null;
  const keys = cited.flatMap((citation) => quoter.quoteWhole(citation).map(({ label }) => label));
  return composer.provisions([keys[0] ?? formatCitation(first), ...keys.slice(1)], [citationReason(reading)]);
}

/** The message is an API's name and nothing else: 「就労証明書」「SSO API」. */
function byLoneApi({ apis, question }: Reading, { composer, knowledge }: DecisionParts): Answer | null {
  const [row, ...others] = apis;
  if (row === undefined || others.length > 0) return null;
  const names = knowledge.apis.flatMap((api) => (api.row === row ? [api.name, ...api.aliases] : []));
  const bare = bareName(question.plain);
  if (!names.some((name) => bareName(name) === bare)) return null;
  return composer.provisions(
    [`別表項番${row}`],
    [{ kind: 'words', line: `「${question.shown.trim()}」は項番${row}の名前です。`, detail: bare }],
  );
}

function bareName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+|api|について|とは|[?。、!]/gu, '');
}

/** 「このAPIだけだと何から始める？」: the way to use, computed for the APIs named. */
function byProcedure(reading: Reading, ranked: readonly RankedClass[], parts: DecisionParts): Answer | null {
  const { procedure } = reading.turns;
  if (procedure === null || reading.turns.definition !== null || reading.apis.length === 0) return null;
  const nearest = ranked.find(({ kind, key }) => kind !== 'provision' || !isRow(key));
  if (nearest && !isAboutStarting(nearest, parts.rules)) return null;
  return answerProcedure(reading.apis, parts, [
    { kind: 'words', line: `「${procedure}」という言い方から、使い始めるまでの手続を尋ねる質問と読みました。`, detail: procedure },
  ]);
}

/** Change, stop and gaps are not on the way to use. */
function isAboutStarting({ kind, key, ask }: RankedClass, rules: StepRules): boolean {
  if (kind === 'topic') return true;
  if (kind !== 'provision') return (ask?.similarity ?? 0) < SURE;
  const starting = rules.steps.slice(0, STEPS_TO_USE).flatMap(({ clause, also }) => [clause, ...also]);
  return starting.some((clause) => formatCitation(clause) === key) || key.startsWith('第16条');
}

function byRequirement(reading: Reading, ranked: readonly RankedClass[], parts: DecisionParts): Answer | null {
  const asked = requirementAsked(reading, ranked, parts.rules);
  if (asked === null) return null;
  const { step, apis, line } = asked;
  return answerRequirement(step, apis, parts, [{ kind: 'words', line, detail: reading.turns.requirement ?? '' }]);
}

/** A provision is named by number and something is asked about it. */
function byCitation(reading: Reading, ranked: readonly RankedClass[], parts: DecisionParts): Answer | null {
  const cited = foundCitations(reading).filter(({ kind }) => kind === 'provision');
  const [first] = cited;
  if (!first) return null;
  const [top] = ranked;
  if (top?.kind === 'gap' && (top.ask?.similarity ?? 0) >= SURE) return null;
  const [lead] = cited;
  const within = ranked.find(({ kind, key }) => {
    const citation = kind === 'provision' ? parseCanonical(key) : null;
    return citation !== null && lead !== undefined && isWithin(citation, lead);
  });
  const keys = [within?.key ?? formatCitation(first), ...cited.map(formatCitation)].flatMap((key) => {
    const citation = parseCanonical(key);
    return citation ? parts.quoter.quoteWhole(citation).map(({ label }) => label) : [];
  });
  const unique = [...new Set(keys)].slice(0, 4);
  return parts.composer.provisions(
    [unique[0] ?? formatCitation(first), ...unique.slice(1)],
    [citationReason(reading)],
  );
}

function byLikeness(
  reading: Reading,
  ranked: readonly RankedClass[],
  { composer, knowledge }: DecisionParts,
): Answer {
  const [top] = ranked;
  if (!top || top.score < LEAST_SCORE) return composer.outOfScope([]);
  const reasons = [likenessReason(top)];
  switch (top.kind) {
    case 'provision':
      return composer.provisions([top.key], reasons);
    case 'topic':
      return composer.topic(entry(knowledge.topics, top.key), reasons);
    case 'gap':
      return composer.gap(
        entry(knowledge.gaps, top.key),
        reasons,
        foundCitations(reading).map(formatCitation),
      );
    case 'neighbour':
      return composer.neighbour(entry(knowledge.neighbours, top.key), reasons);
    case 'offtopic':
      return composer.outOfScope(reasons);
  }
}

function entry<T extends { readonly id: string }>(entries: readonly T[], id: string): T {
  const found = entries.find((one) => one.id === id);
  if (!found) throw new Error(`no such knowledge entry: ${id}`);
  return found;
}

function foundCitations({ citations }: Reading): Citation[] {
  return citations.flatMap(({ result }) => (result.kind === 'found' ? [result.citation] : []));
}

function citationReason({ citations }: Reading): Reason {
  const surfaces = [...new Set(citations.map(({ surface }) => surface.trim()))].join('、');
  return { kind: 'citation', line: `条番号「${surfaces}」が書かれていました。`, detail: surfaces };
}

function likenessReason({ kind, key, ask, wording, score }: RankedClass): Reason {
  const detail = `${kind}:${key} score=${score.toFixed(3)} wording=${wording.toFixed(2)} ask=「${ask?.text ?? ''}」 similarity=${ask?.similarity.toFixed(3) ?? '-'} shared=${ask?.shared.join('・') ?? ''}`;
  return ask
    ? { kind: 'ask', line: `「${ask.text}」という尋ね方に近いと判断しました。`, detail }
    : { kind: 'words', line: '条文の言葉と重なりました。', detail };
}
