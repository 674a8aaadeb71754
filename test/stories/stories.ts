import { answers } from './answers.ts';
import { asking } from './asking.ts';
import { cases } from './cases.ts';
import { inquiries } from './inquiries.ts';
import { reading } from './reading.ts';
import { reminders } from './reminders.ts';
import { responses } from './responses.ts';
import type { Story } from './story.ts';

/** What people do with the bot and see, told once: run by stories.test.ts and test/browser/bot-stories.browser.ts. */
export const stories: Story[] = [
  ...asking,
  ...answers,
  ...reading,
  ...responses,
  ...cases,
  ...inquiries,
  ...reminders,
];
