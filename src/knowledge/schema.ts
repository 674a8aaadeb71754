/**
 * The shape of every file in knowledge/. Staff edit these files; a key we do not know is an error,
 * not a silence. Citations stand in their canonical form (第3条第2項第1号); whether they resolve
 * is checked against the terms in check.ts.
 */
import { z } from 'zod';
import { STEP_NAMES } from '../terms/steps.ts';

const text = z.string().trim().min(1);
const citation = z
  .string()
  .regex(
    /^(第\d+条(第\d+項)?(第\d+号)?|別表項番\d+)$/,
    '引用条項は「第3条第2項第1号」「第9条」「別表項番4」の形で書いてください',
  );
const asks = z.array(text).min(1);

/** Ways people ask, by language. `ja` is any Japanese wording; `en` English. Romaji and kana need no entry. */
const askedAs = z.strictObject({ ja: asks, en: asks });

/** provisions/*.yaml: one entry for each of the 71 provisions. */
export const provisionFile = z.strictObject({
  provisions: z.array(
    z.strictObject({
      cite: citation,
      /** One plain sentence each; a summary beside the quote, never instead of it. */
      summary: z.strictObject({ ja: text, en: text }),
      /** Who acts in this provision; null for definitions and API rows. */
      actor: z.enum(['提供者等', '担当室', '双方']).nullable(),
      asks: askedAs,
      /** Provisions that bear on this one and are shown with it (exemption, read-over, sanction, definition). */
      bearing: z.array(z.strictObject({ cite: citation, why: text })).default([]),
      /** True where the law calls for judgement: quote and hand over to a person. */
      judgement: text.nullable().default(null),
    }),
  ),
});

/** apis.yaml: the 17 official names (they verify the 別表 parser), plain purpose, other names. */
export const apiFile = z.strictObject({
  apis: z.array(
    z.strictObject({
      row: z.number().int().positive(),
      name: text,
      slug: z.string().regex(/^[a-z][a-z-]*$/),
      purpose: z.strictObject({ ja: text, en: text }),
      /** Names that mean this API and nothing else, without the ending API. Misconversions and typos included. */
      aliases: z.array(text),
      /** Names that may mean this API or something else; the bot asks back. */
      ambiguous: z.array(z.strictObject({ name: text, note: text })).default([]),
      /** Words that mean this API only beside others in a list: 「医療費と薬」. */
      listed: z.array(text).default([]),
      /** Another API that is meant by the same name when one of these words stands beside it. */
      yieldsTo: z.strictObject({ row: z.number().int().positive(), beside: asks }).optional(),
      /** Words for the group it is shown under when people choose APIs. */
      group: text,
    }),
  ),
  /** Words for several APIs at once: 「医療系3つ」, 「全部のAPI」. */
  sets: z.array(
    z.strictObject({ words: z.array(text).min(1), rows: z.array(z.number().int().positive()).min(2) }),
  ),
});

/** gaps.yaml: what the terms leave open. */
export const gapFile = z.strictObject({
  gaps: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/),
      /** The topic in a few words: 「利用料・手数料」. */
      topic: text,
      topicEn: text,
      /** What all of it is about (現地調査): said before each way of asking that does not say so itself. */
      about: text.nullable().default(null),
      /** What can honestly be said, one or two sentences; never a guess. */
      statement: z.strictObject({ ja: text, en: text }),
      /** The nearest provisions, best first; may be empty. */
      nearest: z.array(citation),
      /** What is known outside the terms, each labelled with its source; optional. */
      outside: z
        .array(
          z.strictObject({
            text,
            label: z.enum(['公表資料', '公表資料の写し・要確認', '窓口の指示']),
            source: text,
          }),
        )
        .default([]),
      /** What people wrongly suppose: 「30日前に通知が来る」. The answer corrects it. */
      presupposition: text.nullable().default(null),
      asks: askedAs,
    }),
  ),
});

/** neighbours.yaml: other schemes people confuse with this one, and what is not in this version's 別表. */
export const neighbourFile = z.strictObject({
  neighbours: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/),
      name: text,
      /** Names that identify it; a hit on one of them is enough. */
      names: z.array(text).min(1),
      /** `scheme`: another scheme altogether; `absent-api`: an API that this version's 別表 does not hold. */
      kind: z.enum(['scheme', 'absent-api']),
      statement: z.strictObject({ ja: text, en: text }),
      /** Rows whose content comes near, never a replacement. */
      nearest: z.array(citation).default([]),
      address: z.url().nullable().default(null),
      asks: askedAs,
    }),
  ),
});

/** topics.yaml: questions whose right answer is several provisions together (流れ, 違い, 一覧). */
export const topicFile = z.strictObject({
  topics: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/),
      title: text,
      /** The plain answer, one or two sentences that the cited provisions carry. */
      answer: z.strictObject({ ja: text, en: text }),
      /** Best first; all are quoted. */
      cites: z.array(citation).min(2),
      bearing: z.array(z.strictObject({ cite: citation, why: text })).default([]),
      asks: askedAs,
    }),
  ),
});

/** vocabulary.yaml: words people use, by the concept of the terms they stand for. */
export const vocabularyFile = z.strictObject({
  concepts: z.array(
    z.strictObject({
      /** The terms' own word where it has one: 「事前打合せ」. */
      concept: text,
      /** Where the concept lives in the terms, best first; empty for everyday concepts. */
      cites: z.array(citation).default([]),
      /** Other surface forms (colloquial, English, kana, misconversion): each makes a question count as naming the concept. */
      words: z.array(text),
      note: text.nullable().default(null),
    }),
  ),
  /** Surface forms that may mean different things. */
  ambiguous: z.array(
    z.strictObject({
      word: text,
      meanings: z.array(z.strictObject({ label: text, cite: citation })).min(2),
      note: text.nullable().default(null),
    }),
  ),
});

/** smalltalk.yaml: what people type that is no question about the terms at all. */
export const offtopicFile = z.strictObject({ offtopic: z.strictObject({ ja: asks, en: asks }) });

export type ProvisionKnowledge = z.infer<typeof provisionFile>['provisions'][number];
export type ApiKnowledge = z.infer<typeof apiFile>['apis'][number];
export type ApiSetKnowledge = z.infer<typeof apiFile>['sets'][number];
export type GapKnowledge = z.infer<typeof gapFile>['gaps'][number];
export type NeighbourKnowledge = z.infer<typeof neighbourFile>['neighbours'][number];
export type TopicKnowledge = z.infer<typeof topicFile>['topics'][number];
export type VocabularyKnowledge = z.infer<typeof vocabularyFile>;
export type OfftopicKnowledge = z.infer<typeof offtopicFile>['offtopic'];

/** phrasing.yaml: how steps are named and how questions are put. */
export const phrasingFile = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        step: z.enum(STEP_NAMES),
        /** The step as it stands in a sentence: 「…は必要です」. */
        label: text,
        labelEn: text,
        /** Surface forms that name the step. */
        words: asks,
      }),
    )
    .length(STEP_NAMES.length),
  requirement: asks,
  /** Question words: a clause that holds one asks for more than yes or no. */
  open: asks,
  /** Words with which a clause asks who, when or where. */
  elsewhere: asks,
  /** Words for applying to use something, as 第5条第2項 has it beside the test of 第1項. */
  applying: asks,
  /** Asked of the application for use, these words mean what is attached to it (第6条). */
  attaching: asks,
  /** Words that add APIs to those of another sentence. */
  joining: asks,
  definition: asks,
  procedure: asks,
  /** Words that speak of what an API does. */
  using: asks,
  /** Words that ask what comes after a step, and words that say a step is done. */
  next: asks,
  done: asks,
  which_api: asks,
  amount: asks,
  difference: asks,
  voice: z.strictObject({ office_stops: asks, provider_stops: asks }),
  /** Kind words that are no part of a question, longest first. */
  courtesy: asks,
  injection: asks,
});

export type PhrasingKnowledge = z.infer<typeof phrasingFile>;
export type StepPhrasing = PhrasingKnowledge['steps'][number];
