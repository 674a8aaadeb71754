/** The invented people, companies and channels of the workspace, from YAML. An unknown key is an error. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const text = z.string().trim().min(1);
const userId = z
  .string()
  .regex(/^U[A-Z0-9]{4,}$/, '利用者の id は U で始まる英大文字と数字です（例 U0SAMPLE1）');
const channelId = z.string().regex(/^C[A-Z0-9]{4,}$/, 'チャンネルの id は C で始まる英大文字と数字です');

const sampleSchema = z
  .strictObject({
    team: z.strictObject({
      id: z.string().regex(/^T[A-Z0-9]{4,}$/),
      name: text,
      domain: z.string().regex(/^[a-z0-9-]+$/),
    }),
    /** Companies and the office: shown as headings in the user switcher. */
    groups: z.array(z.strictObject({ id: text, name: text, kind: z.enum(['provider', 'staff']) })).min(1),
    users: z
      .array(
        z.strictObject({
          id: userId,
          /** Handle, as Slack's `name`: lower-case latin. */
          name: z.string().regex(/^[a-z0-9._-]{1,21}$/),
          real_name: text,
          title: text.optional(),
          email: z.email(),
          group: text,
          locale: z.string().default('ja-JP'),
        }),
      )
      .min(1),
    usergroups: z
      .array(
        z.strictObject({
          id: z.string().regex(/^S[A-Z0-9]{4,}$/),
          handle: text,
          name: text,
          users: z.array(userId),
        }),
      )
      .default([]),
    channels: z
      .array(
        z.strictObject({
          id: channelId,
          name: z.string().regex(/^[^\sA-Z#]{1,80}$/),
          topic: z.string().default(''),
          is_private: z.boolean().default(false),
          is_ext_shared: z.boolean().default(false),
          members: z.array(userId),
          /** Shown above the first message, and questions to press; `app` is mentioned in each of them. */
          welcome: text.optional(),
          suggestions: z
            .array(z.strictObject({ title: text, message: text }))
            .max(4)
            .default([]),
          /** False: the app has not been invited here. */
          app: z.boolean().default(true),
        }),
      )
      .min(1),
  })
  .superRefine((sample, context) => {
    const known = new Set(sample.users.map((user) => user.id));
    const groups = new Set(sample.groups.map((group) => group.id));
    const complain = (message: string) => context.addIssue({ code: 'custom', message });
    for (const user of sample.users)
      if (!groups.has(user.group)) complain(`${user.id}: group ${user.group} がありません`);
    for (const place of [...sample.channels, ...sample.usergroups]) {
      const members = 'members' in place ? place.members : place.users;
      for (const id of members) if (!known.has(id)) complain(`${place.id}: 利用者 ${id} がありません`);
    }
    const ids = [...sample.users, ...sample.channels, ...sample.usergroups].map((one) => one.id);
    if (new Set(ids).size < ids.length) complain('id が重複しています');
  });

export type Sample = z.infer<typeof sampleSchema>;
export type SampleUser = Sample['users'][number];
export type SampleChannel = Sample['channels'][number];

export function toSample(value: unknown): Sample {
  return sampleSchema.parse(value);
}

/** Without a path: the sample that comes with the stand-in. */
export function readSample(path: string = join(localSlackFolder(), 'sample-workspace.yaml')): Sample {
  return toSample(parse(readFileSync(path, 'utf8')));
}

/**
 * src/local-slack/ on disk. The bundle in .build/ keeps no folders, so the way goes up to
 * package.json and down again instead of starting from this file.
 */
export function localSlackFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json not found above the local Slack');
    folder = parent;
  }
  return join(folder, 'src', 'local-slack');
}
