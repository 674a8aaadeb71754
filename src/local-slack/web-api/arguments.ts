/** Arguments arrive as forms (everything text, JSON inside fields) or as JSON. These schemas take both. */
import { z } from 'zod';

/** JSON in a form field; a value that already is JSON passes through. */
export function json<T extends z.ZodType>(schema: T) {
  return z.preprocess(parseText, schema);
}

export const flag = z.preprocess((value) => {
  if (value === 'true' || value === '1' || value === 1) return true;
  if (value === 'false' || value === '0' || value === 0) return false;
  return value;
}, z.boolean());

export const whole = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.number().int().min(0),
);

export const ts = z.string().regex(/^\d{9,11}\.\d{6}$/, 'must be a message ts');

/** Cursor paging: Slack's `limit` and `cursor`; our cursor is the offset in base64. */
export const paging = { limit: whole.optional(), cursor: z.string().optional() };

export function page<T>(
  all: T[],
  args: { limit?: number | undefined; cursor?: string | undefined },
  fallback: number,
) {
  const start = args.cursor ? Number(Buffer.from(args.cursor, 'base64').toString('utf8')) || 0 : 0;
  const end = start + Math.min(args.limit || fallback, 999);
  const next = end < all.length ? Buffer.from(String(end)).toString('base64') : '';
  return { items: all.slice(start, end), hasMore: next !== '', response_metadata: { next_cursor: next } };
}

function parseText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
