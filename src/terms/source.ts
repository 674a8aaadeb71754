/** The shape of knowledge/current.yaml and of each version's source.yaml: where a text comes from and who checked it. */
import { z } from 'zod';

const text = z.string().trim().min(1);
const day = z.iso.date({
  error: ({ input }) => `「${String(input)}」は読めません。日付は 2026-11-23 の形で書いてください`,
});
const dayOrUnknown = z
  .string()
  .refine((written) => written === 'unknown' || z.iso.date().safeParse(written).success, {
    error: ({ input }) =>
      `「${String(input)}」は読めません。2026-11-23 の形の日付か unknown を書いてください`,
  });
const versionId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, '版の名前は英小文字・数字・ハイフンで書いてください');

/** current.yaml: the version answers are given from. */
export const currentFile = z.strictObject({ version: versionId });

/** versions/<id>/source.yaml. `unknown` is an honest value: nobody has said. */
export const sourceFile = z.strictObject({
  id: versionId,
  title: text,
  /** The office that runs it, as this version names it. */
  operator: text,
  /** Where amendments are published, and the provision that says so. */
  publication: z.strictObject({ place: text, basis: text }),
  fetched: z.strictObject({ on: day, note: text }),
  /** The last time a person held the text against the publication. */
  confirmed: z.strictObject({
    on: dayOrUnknown,
    by: text,
    note: text,
  }),
  effectiveFrom: dayOrUnknown,
  /** SHA-256 of terms.txt, byte for byte. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sha256 は16進64文字で書いてください'),
});

export type TermsSource = z.infer<typeof sourceFile>;

/** True once a person has held the text against the publication. */
export function isConfirmed({ confirmed }: TermsSource): boolean {
  return confirmed.on !== 'unknown';
}
