/** knowledge/reminders.yaml: when whom to remind of the dates of a case. Staff's to edit; the terms set no deadline. */
import { z } from 'zod';
import { OTHER_DATE_SUBJECTS } from '../cases/case.ts';
import { STEP_NAMES } from '../terms/steps.ts';

const clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '時刻は 09:00 の形にしてください')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

export const AUDIENCES = ['連絡先', '案件のチャンネル', '担当者', '担当室'] as const;

const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'id は小文字の英数字とハイフンにしてください'),
  subjects: z.union([z.literal('すべて'), z.array(z.enum([...STEP_NAMES, ...OTHER_DATE_SUBJECTS])).min(1)]),
  when: z
    .strictObject({
      days: z.number().int().min(0).max(365),
      unit: z.enum(['営業日', '暦日']),
      side: z.enum(['前', '後']),
      /** Again after so many days of the same unit… */
      every: z.number().int().min(1).max(365).optional(),
      /** …so many times in all. */
      times: z.number().int().min(2).max(50).optional(),
    })
    .refine(({ every, times }) => (every === undefined) === (times === undefined), {
      error: 'every と times は両方書くか、両方書かないでください',
    })
    .refine(({ every, side }) => every === undefined || side === '後', {
      error: '繰り返せるのは、期限の後のお知らせだけです',
    }),
  to: z.array(z.enum(AUDIENCES)).min(1),
  shift: z.enum(['前の営業日', '次の営業日']),
  /** Not sent once somebody has acknowledged an earlier reminder of the same date. */
  unless_acknowledged: z.boolean().default(false),
  /** Said with the reminder: where a lead time comes from, and that it has to be checked. */
  note: z.string().trim().min(1).max(300).optional(),
});

/** Times of day are read as minutes after midnight in Asia/Tokyo. */
export const reminderFile = z
  .strictObject({
    send_at: clock,
    quiet: z.strictObject({ from: clock, to: clock }),
    late_after_minutes: z.number().int().min(1).max(1_440),
    rules: z.array(rule).min(1).max(50),
    morning: z.strictObject({ business_days_ahead: z.number().int().min(0).max(60) }),
    weekly: z.strictObject({ weekday: z.enum(['月', '火', '水', '木', '金']), at: clock }),
  })
  .superRefine(({ rules, send_at, quiet, weekly }, context) => {
    rules.forEach(({ id }, index) => {
      if (rules.findIndex((other) => other.id === id) !== index)
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'id'],
          message: `id「${id}」が2つあります`,
        });
    });
    for (const [name, minutes] of [
      ['send_at', send_at],
      ['weekly', weekly.at],
    ] as const) {
      if (isQuiet(quiet, minutes))
        context.addIssue({ code: 'custom', path: [name], message: '送らない時間帯（quiet）の中にあります' });
    }
  });

export type ReminderRules = z.infer<typeof reminderFile>;
export type ReminderRule = ReminderRules['rules'][number];
export type AudienceName = (typeof AUDIENCES)[number];

/** True at a time of day (minutes after midnight) at which nothing is sent. */
export function isQuiet({ from, to }: ReminderRules['quiet'], minutes: number): boolean {
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}
