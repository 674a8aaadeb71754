/** What every story of the bot is made of. They run below the browser and in it. */
import type { Person, SeenMessage } from '../../src/local-slack/person.ts';
import type { Answering } from '../../src/slack/edge.ts';
import { provisions } from '../../src/terms/provisions.ts';
import { terms } from '../terms/held.ts';

export type Cast = (userId: string) => Promise<Person>;

/** What the bot has written down, for what no screen shows. */
export interface Kept {
  /** The verdicts a person gave, in the order given. */
  feedbackOf(userId: string): Promise<string[]>;
  /** The drafts of changes of the knowledge, by file name. */
  changes(): ReadonlyMap<string, string>;
}

/** The clock of the bot, in Japan: 2026-12-22T09:00. */
export interface Clock {
  /** Through the night before, in which the bot notices that a day has begun. */
  moveTo(moment: string): Promise<void>;
}

export interface Story {
  readonly name: string;
  /** When it begins, for a story whose clock is moved; the clock of this machine when absent. */
  readonly begins?: string;
  /** Stands in for the guide where the guide has no such answer (yet). */
  readonly answering?: (guide: Answering) => Answering;
  tell(cast: Cast, kept: Kept, clock: Clock): Promise<void>;
}

export const room = '架空ヘルス-相談';
export const bot = '規約ガイド';
/** かのん and そうた work for one provider; なぎ reviews at the office. */
export const people = { kanon: 'U0HEALTH1', sota: 'U0HEALTH2', nagi: 'U0STAFF01' };

/** A provision word for word, as it stands on a screen. */
export function wording(label: string): string {
  const found = provisions(terms).find(({ key }) => key === label);
  if (found === undefined) throw new Error(`no provision ${label}`);
  return found.text.replace(/\s+/g, ' ').trim();
}

/** Asks in the channel by mention; the question, whose thread holds the answer, and the answer. */
export async function ask(
  person: Person,
  question: string,
  answer: string | RegExp,
): Promise<{ question: SeenMessage; answer: SeenMessage }> {
  await person.mention(room, question);
  const asked = await person.waitFor(room, question);
  return { question: asked, answer: await person.waitFor(room, answer, { thread: asked }) };
}

/** Asks in the direct message with the bot. */
export async function askAlone(
  person: Person,
  question: string,
  answer: string | RegExp,
): Promise<SeenMessage> {
  await person.say('app', question);
  return person.waitFor('app', answer);
}
