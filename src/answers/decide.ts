import { articleKey, formatCitation, parseCanonical } from '../terms/citation.ts';
import type { StepRules } from '../terms/steps.ts';
import type { Answer, Bearing, Grounded, Reason } from './answer.ts';
import { apisAsked } from './apis-meant.ts';
import { byAmbiguousWord, byDifference, byLoneApi } from './by-name.ts';
import {
  byAbsentCitation,
  byAbsentPart,
  byCitation,
  byLoneCitation,
  foundCitations,
  itemSought,
  withAbsentPart,
} from './by-number.ts';
import type { Decision, DecisionParts } from './decision.ts';
import { isRow, leanTo } from './leaning.ts';
import { answerProcedure, STEPS_TO_USE } from './procedure.ts';
import type { Rank, RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';
import { answerRequirement, answerRequirementForAll } from './requirement.ts';
import { requirementAsked } from './requirement-asked.ts';
import { officeStopRests } from './voice.ts';

/** Under this score nothing was recognised at all. */
const LEAST_SCORE = 0.2;
/** A provision at least this near to the nearest one, in likeness, is named beside it. */
const NEAR = 0.6;
const MOST_NEAR = 2;
/** A gap this much like the question is what is asked about, whatever else stands in it. */
const SURE = 0.45;
/** A provision less like the question than this stands in nobody's way. */
const FAINT = 0.3;
/** Fewer characters beside the API's name ask nothing of their own. */
const LEAST_REST = 8;
/** A definition this far behind the nearest class is only mentioned in passing. */
const DEFINITION_LEAST = 0.6;

/** 「打合せがいらないAPIの根拠」「企画書が要らないのはどの条項」: the exemption is asked for, not the rule. */
const EXEMPTION_ASKED =
  /(?:いらない|要らない|不要|免除|なくていい|なくてもいい|しなくても|要しない|要さない|必要のない|必要がない|省け|省略|除外|対象外|適用されない|適用しない)(?:され|でき|な|の|る|に|と|て|いる|、|なんて|特別扱い|始められ|マイナポータル){0,4}(?:api|項番|根拠|条|規定|場合|ケース|もの|やつ|種類|のは)|例外(?:なく|はある|はない|ってある)|特別扱い/u;

/** The order in which a question is understood: by number, by rule, by likeness; what is not recognised is said. */
export function decide(reading: Reading, parts: DecisionParts): Decision {
  const ranked = candidates(reading, parts);
  const known = byNumberOrRule(reading, ranked, parts);
  const answer = withAbsentPart(known ?? byLikeness(reading, ranked, parts), reading, parts);
  return { answer, certainty: known !== null ? 1 : (ranked[0]?.ask?.similarity ?? 0) };
}

/** Everything the question may be about, best first. */
export function candidates(reading: Reading, { rank, definitions }: DecisionParts): readonly RankedClass[] {
  return leanTo(rankBeside(reading, rank), reading, definitions);
}

/**
 * An API's name or a clause's number is so rare a word that it would drown what is asked about it. So the rows are
 * ranked by the whole question, everything else by what is left without them.
 */
function rankBeside({ meant, apis, citations, rest, turns }: Reading, rank: Rank): readonly RankedClass[] {
  if ((apis.length === 0 && citations.length === 0) || rest.length < LEAST_REST) return rank(meant);
  const others = rank(rest).filter(({ key }) => !isRow(key));
  const isOpen = turns.whichApi === null && isLikeGap(others[0]);
  const rows = rank(meant, 'rows').map((one) =>
    isOpen ? { ...one, score: one.score * BESIDE_NAME.rows } : one,
  );
  if (citations.length === 0) return [...rows, ...others];
  const whole = rank(meant);
  return [...rows, ...others.map((one) => strongerGap(one, whole))];
}

/** 「保険証の登録は取り消せる？」: beside the name stands what the terms leave open. */
function isLikeGap(nearest: RankedClass | undefined): boolean {
  return nearest?.kind === 'gap' && (nearest.ask?.similarity ?? 0) >= BESIDE_NAME.gap;
}

/** A gap at least this much like the question without its APIs' names counts before the rows, which then count so much. */
const BESIDE_NAME = { gap: 0.35, rows: 0.6 };

/** A gap may be about the number itself (「第6条第1項の承諾」 of another version): then the whole question counts. */
function strongerGap(one: RankedClass, whole: readonly RankedClass[]): RankedClass {
  if (one.kind !== 'gap') return one;
  const full = whole.find(({ kind, key }) => kind === 'gap' && key === one.key);
  return full !== undefined && full.score > one.score ? full : one;
}

function byNumberOrRule(
  reading: Reading,
  ranked: readonly RankedClass[],
  parts: DecisionParts,
): Answer | null {
  return (
    byAbsentCitation(reading, parts) ??
    byAbsentPart(reading, parts) ??
    byLoneCitation(reading, parts) ??
    byLoneApi(reading, parts) ??
    byAmbiguousWord(reading, parts) ??
    byDifference(reading, parts) ??
    byRequirement(reading, ranked, parts) ??
    byDefinition(reading, ranked, parts) ??
    byProcedure(reading, ranked, parts) ??
    byCitation(reading, ranked, parts)
  );
}

/** The meaning of a term that the terms define is asked for: 「確認等システムとは」. */
function byDefinition(
  { turns, defined }: Reading,
  ranked: readonly RankedClass[],
  { composer }: DecisionParts,
): Answer | null {
  if (turns.definition === null || defined.size === 0) return null;
  const [top] = ranked;
  if (top?.kind === 'topic' || (top?.kind === 'gap' && (top.ask?.similarity ?? 0) >= SURE)) return null;
  const wanted = ranked.find(({ kind, key }) => kind === 'provision' && defined.has(key));
  if (!wanted || !top || wanted.score < top.score * DEFINITION_LEAST) return null;
  return composer.provisions(
    [wanted.key],
    [
      {
        kind: 'definition',
        line: `「${turns.definition}」という言い方から、用語の意味を尋ねる質問と読みました。`,
        detail: likenessReason(wanted).detail,
      },
    ],
  );
}

function byRequirement(
  reading: Reading,
  ranked: readonly RankedClass[],
  parts: DecisionParts,
): Answer | null {
  const asked = requirementAsked(reading, ranked, parts);
  if (asked === null) return null;
  const { step, apis, line, besideFirst, isAssumed } = asked;
  const reasons = [{ kind: 'words', line, detail: reading.turns.requirement ?? '' } as const];
  if (apis.length === 0) {
    const apisAskedFor = reading.turns.whichApi !== null || EXEMPTION_ASKED.test(reading.question.dense);
    return answerRequirementForAll(step, parts, { apisAskedFor, besideFirst, reasons });
  }
  return answerRequirement(step, apis, parts, { reasons, besideFirst, isAssumed });
}

/** 「このAPIだけだと何から始める？」: the way to use, computed for the APIs named. */
function byProcedure(reading: Reading, ranked: readonly RankedClass[], parts: DecisionParts): Answer | null {
  const { procedure, definition, whichApi, amount, next } = reading.turns;
  if (procedure === null || [definition, whichApi, amount].some((turn) => turn !== null)) return null;
  if (reading.apis.length + reading.apisPerhaps.length === 0) return null;
  const line = `「${procedure}」という言い方から、手続を尋ねる質問と読みました。`;
  const reasons = [{ kind: 'words', line, detail: procedure } as const];
  const afterwards = parts.rules.steps.slice(STEPS_TO_USE).filter(({ name }) => reading.steps.includes(name));
  const [clause] = afterwards.map((step) => formatCitation(step.clause));
  // 「サービスを閉鎖します。必要な手続は？」
  if (clause !== undefined && afterwards.length === reading.steps.length)
    return parts.composer.provisions([clause], reasons);
  const apis = apisAsked(reading, ranked);
  const nearest = ranked.find(({ key }) => !isRow(key));
  if (nearest && !isAboutStarting(nearest, parts.rules)) return null;
  const done = next === null ? [] : reading.clauses.flatMap((clause) => (clause.done ? clause.steps : []));
  return answerProcedure(apis, parts, reasons, done);
}

/** Change, stop and gaps are not on the way to use. */
function isAboutStarting({ kind, key, ask }: RankedClass, rules: StepRules): boolean {
  if (kind === 'topic') return true;
  const similarity = ask?.similarity ?? 0;
  if (kind !== 'provision') return similarity < SURE;
  if (similarity < FAINT) return true;
  const starting = rules.steps.slice(0, STEPS_TO_USE).flatMap(({ clause, also }) => [clause, ...also]);
  return starting.some((clause) => formatCitation(clause) === key) || key.startsWith('第16条');
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
    case 'provision': {
      const stop = officeStopRests(reading.turns, top.key);
      const key = itemSought(top.key, reading, ranked);
      const answer =
        stop === null
          ? composer.provisions([key], reasons)
          : composer.provisions([stop.key, key], [...reasons, stop.reason]);
      return withNear(answer, composer.near(runnersUp(ranked)));
    }
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

/** The provisions next in likeness, of other articles, as far as they come near: one of them may be what was meant. */
function runnersUp([top, ...others]: readonly RankedClass[]): string[] {
  if (top === undefined) return [];
  const seen = new Set([articleOf(top.key)]);
  return others
    .filter(({ kind, score }) => kind === 'provision' && score >= top.score * NEAR)
    .filter(({ key }) => !seen.has(articleOf(key)) && seen.add(articleOf(key)))
    .slice(0, MOST_NEAR)
    .map(({ key }) => key);
}

/** After what exempts or rewords, before what else bears on the answer. */
function withNear(answer: Grounded, near: readonly Bearing[]): Grounded {
  const shown = new Set(answer.quotes.map(({ label }) => label));
  const fresh = near.filter(({ quote }) => !shown.has(quote.label));
  const known = new Set(fresh.map(({ quote }) => quote.label));
  const rest = answer.bearing.filter(({ quote }) => !known.has(quote.label));
  return {
    ...answer,
    bearing: [
      ...rest.filter(({ decisive }) => decisive),
      ...fresh,
      ...rest.filter(({ decisive }) => !decisive),
    ],
  };
}

function articleOf(key: string): string {
  const citation = parseCanonical(key);
  return citation === null ? key : articleKey(citation);
}

function entry<T extends { readonly id: string }>(entries: readonly T[], id: string): T {
  const found = entries.find((one) => one.id === id);
  if (!found) throw new Error(`no such knowledge entry: ${id}`);
  return found;
}

function likenessReason({ kind, key, ask, wording, score }: RankedClass): Reason {
  const similarity = ask?.similarity.toFixed(3) ?? '-';
  const detail = `${kind}:${key} score=${score.toFixed(3)} wording=${wording.toFixed(2)} ask=「${ask?.text ?? ''}」 similarity=${similarity} shared=${ask?.shared.join('・') ?? ''}`;
  return ask
    ? { kind: 'ask', line: `「${ask.text}」という尋ね方に近いと判断しました。`, detail }
    : { kind: 'words', line: '条文の言葉と重なりました。', detail };
}
