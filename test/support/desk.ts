import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CaseDesk } from '../../src/slack/case-desk.ts';
import type { InquiryDesk } from '../../src/slack/inquiry-desk.ts';
import type { CaseStore } from '../../src/store/case-store.ts';
import type { InquiryStore } from '../../src/store/inquiry-store.ts';
import { createPersonPrivacy } from '../../src/store/person-privacy.ts';
import type { Tables } from '../../src/store/tables.ts';
import { rules } from './case-rules.ts';

/** The desk of the cases where nobody is staff, nobody is in a channel, and no card is drawn. */
export function deskOf(store: CaseStore, db: Kysely<Tables>): CaseDesk {
  return {
    store,
    rules,
    staff: { configured: false, channel: null, isStaff: async () => false, knowStaff: async () => false },
    log: () => {},
    apiNames: new Map(),
    channels: { standingOf: async () => 'unknown', channelsOf: async () => [] },
    cards: { touch: () => {} },
    privacy: createPersonPrivacy(db, randomUUID),
  };
}

/** The desk of the inquiries where nothing is posted. */
export function inquiryDeskOf(store: InquiryStore): InquiryDesk {
  return {
    store,
    courier: { tell: () => {}, pass: async () => {}, stop: async () => {} },
    saveChange: async () => {},
  };
}
