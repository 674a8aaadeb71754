/** A change of the knowledge as somebody proposes it: a file to be reviewed. Nothing here changes the knowledge itself. */
import { stringify } from 'yaml';
import { z } from 'zod';
import type { KnowledgeFiles } from './files.ts';
import { gapFile, topicFile } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

const text = z.string().trim().min(1).max(3_000);
const asks = z.array(text).max(50);

/** knowledge-changes/*.yaml: one change each. */
export const changeFile = z.strictObject({
  /** The version of the terms it was written for. */
  version: text,
  drafted: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Where it comes from: the number of an inquiry, or that questions were asked. Never a person. */
  from: text,
  /** What was asked; afterwards it should lead to what is changed here. */
  question: text,
  change: z.discriminatedUnion('kind', [
    /** More ways of asking for something the knowledge holds. */
    z.strictObject({
      kind: z.literal('paraphrase'),
      of: z.enum(['provision', 'gap', 'topic', 'neighbour']),
      /** Canonical citation, or the id. */
      key: text,
      asks: z.strictObject({ ja: asks, en: asks }).refine(({ ja, en }) => ja.length + en.length > 0, {
        message: '尋ね方を1つは書いてください',
      }),
    }),
    /** Something the terms leave open. */
    z.strictObject({ kind: z.literal('gap'), entry: gapFile.shape.gaps.element }),
    /** A question whose right answer is several provisions together. */
    z.strictObject({ kind: z.literal('topic'), entry: topicFile.shape.topics.element }),
  ]),
});
export type ChangeFile = z.infer<typeof changeFile>;
export type Change = ChangeFile['change'];

const NOTE =
  '知識の変更案です。内容を確かめてから、knowledge/ のファイルに手で反映してください。ボットが自分で反映することはありません。';

/** The file as text, with a note on top for whoever opens it. */
export function changeAsYaml(change: ChangeFile): string {
  return `# ${NOTE}\n${stringify(change, { lineWidth: 0 })}`;
}

/** What the question should lead to afterwards: a canonical citation, or the id of a gap, topic or neighbour. */
export function expectedOf(change: Change): string {
  return change.kind === 'paraphrase' ? change.key : change.entry.id;
}

/** The files as they would be with the change; null when what it adds to is not there. */
export function applyChange(files: KnowledgeFiles, change: Change): KnowledgeFiles | null {
  switch (change.kind) {
    case 'gap':
      return { ...files, gaps: edited(files.gaps, ({ gaps }) => ({ gaps: [...gaps, change.entry] })) };
    case 'topic':
      return {
        ...files,
        topics: edited(files.topics, ({ topics }) => ({ topics: [...topics, change.entry] })),
      };
    case 'paraphrase':
      return paraphrased(files, change);
  }
}

type Paraphrase = Extract<Change, { kind: 'paraphrase' }>;

function paraphrased(files: KnowledgeFiles, { of, key, asks: more }: Paraphrase): KnowledgeFiles | null {
  let found = false;
  const added = <E extends { readonly asks: { ja: string[]; en: string[] } }>(
    entries: E[],
    id: (entry: E) => string,
  ) =>
    entries.map((entry) => {
      if (id(entry) !== key) return entry;
      found = true;
      return { ...entry, asks: { ja: [...entry.asks.ja, ...more.ja], en: [...entry.asks.en, ...more.en] } };
    });
  const after = ((): KnowledgeFiles => {
    switch (of) {
      case 'provision':
        return {
          ...files,
          provisions: files.provisions.map((file) =>
            edited(file, (all) => ({ provisions: added(all.provisions, ({ cite }) => cite) })),
          ),
        };
      case 'gap':
        return { ...files, gaps: edited(files.gaps, (all) => ({ gaps: added(all.gaps, ({ id }) => id) })) };
      case 'topic':
        return {
          ...files,
          topics: edited(files.topics, (all) => ({ topics: added(all.topics, ({ id }) => id) })),
        };
      case 'neighbour':
        return {
          ...files,
          neighbours: edited(files.neighbours, (all) => ({
            neighbours: added(all.neighbours, ({ id }) => id),
          })),
        };
    }
  })();
  return found ? after : null;
}

function edited<T>(file: YamlFile<T>, edit: (value: T) => T): YamlFile<T> {
  return { ...file, value: edit(file.value) };
}
