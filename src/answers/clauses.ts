/** A question clause by clause: which step each speaks of, and whether and how it asks. */
import type { PhrasingKnowledge } from '../knowledge/schema.ts';
import type { StepName } from '../terms/steps.ts';
import { asks, clausesOf, createFragmentFinder, dense, type Question, sentencesOf } from './question.ts';

export interface Clause {
  readonly text: string;
  /** Steps it speaks of, in the order of phrasing.yaml: its topic's, its own, or those of the clauses before it in its sentence. */
  readonly steps: readonly StepName[];
  /** It asks for a requirement. */
  readonly requirement: boolean;
  /** It asks by whom, when or where something is required. */
  readonly elsewhere: boolean;
  /** It asks at all. */
  readonly asks: boolean;
  /** It asks for yes or no, whatever the words: it holds no question word. */
  readonly polar: boolean;
  /** It speaks of an amount, a place or a time. */
  readonly amount: boolean;
  /** It speaks of what is attached to an application. */
  readonly attaches: boolean;
  /** It says that something is done. */
  readonly done: boolean;
}

/** `stepsIn`: a text without names of APIs → the steps named in it. */
export type ReadClauses = (question: Question, stepsIn: (text: string) => readonly StepName[]) => Clause[];

/** `withoutNames` takes the names of APIs out of a text: 「民送の中身」 asks for no 中身. */
export function createClauseReader(
  phrasing: PhrasingKnowledge,
  withoutNames: (text: string) => string,
): ReadClauses {
  const requires = createFragmentFinder(phrasing.requirement);
  const opens = createFragmentFinder(phrasing.open);
  const asksElsewhere = createFragmentFinder(phrasing.elsewhere);
  const amounts = createFragmentFinder(phrasing.amount);
  const attaches = createFragmentFinder(phrasing.attaching);
  const isDone = createFragmentFinder(phrasing.done);
  return (question, stepsIn) =>
    sentencesOf(question).flatMap((sentence) => {
      const parts = clausesOf(sentence).flatMap(partsOf);
      const unnamed = parts.map(withoutNames);
      const own = unnamed.map(stepsIn);
      return parts.map((text, at) => {
        const isAsking = asks(text);
        const requirement = requires(dense(text)) !== null;
        const elsewhere = asksElsewhere(dense(text.replace(ALL_OF_THEM, ' '))) !== null;
        return {
          text,
          steps: stepsSpokenOf(parts, own, at),
          requirement: requirement && !elsewhere,
          elsewhere: requirement && elsewhere,
          asks: isAsking,
          polar: isAsking && opens(dense((unnamed[at] ?? text).replace(ALL_OF_THEM, ' '))) === null,
          amount: amounts(dense(text)) !== null,
          attaches: attaches(dense(text)) !== null,
          done: !isAsking && isDone(dense(text)) !== null,
        };
      });
    });
}

/** 「企画書って、打合せのときにも要りますか」: the topic before it is what a clause speaks of, whatever else it names. */
function stepsSpokenOf(
  parts: readonly string[],
  own: readonly (readonly StepName[])[],
  at: number,
): readonly StepName[] {
  const said = (place: number) => (own[place] ?? []).length > 0;
  const before = parts.map((_, place) => place).slice(0, at);
  const topic = before.findLast((place) => said(place) && TOPIC.test((parts[place] ?? '').trim()));
  const spoken = topic ?? (said(at) ? at : before.findLast(said));
  return own[spoken ?? at] ?? [];
}

/** A verb ends in って too (使って): only nouns that end like the names of steps. */
const TOPIC =
  /(?:(?<=[書込合み請験出届談認境項せトグク])って|(?<!場合|とき|時|際|前|後|定め|規定|条文|条項|ルール)は|について|に関して|の件)$/u;
/** どちらも, どのAPIでも, どこかで, しんせいつかう: no question words. */
const ALL_OF_THEM =
  /(?:どっち|どちら|どれ|どの[^、。?]{0,6}|いつ|何|誰|どこ)(?:も|でも)|(?:いつ|何|誰|どこ)か(?=で|に|の|へ|を|が|ら)|(?<=せ)いつ(?=か)/gu;
/** What stands before these words is the case, not what is asked: 「打合せが免除のAPIなら｜申込も不要？」. */
const CASE_ENDS =
  /(?<=なら(?!な|ず)|たら(?!い|ど|だ|ダ|良|よ|何|な|し|$)|んだら(?!い|ど|良|よ)|[えけげせてねべめれ]ば(?!い|よ|良|な|ど|済|足|o|ね)|(?:た|です|ます|ない)から(?!で|は|も|の)|(?:[たるいな]|です|ます)ので|だし|だけど|ですが|なので|だから|場合は|場合には|場合、|apiでも|場合でも|項番でも)/u;

function partsOf(clause: string): string[] {
  const parts = clause.split(CASE_ENDS).filter((part) => part.trim() !== '');
  const [first = '', second, ...others] = parts;
  return second !== undefined && LINK.test(first.trim()) ? [first + second, ...others] : parts;
}

/** 「だったら」 by itself is no case. */
const LINK = /^(?:だったら|そしたら|そうだったら|それだったら|なら|それなら)$/u;
