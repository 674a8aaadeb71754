import type { CaseDesk } from '../../src/slack/case-desk.ts';
import type { CaseStore } from '../../src/store/case-store.ts';
import { rules } from './case-rules.ts';

/** The desk of the cases where nobody is staff. */
export function deskOf(store: CaseStore): CaseDesk {
  return {
    store,
    rules,
    staff: { configured: false, channel: null, isStaff: async () => false, knowStaff: async () => false },
    log: () => {},
    apiNames: new Map(),
  };
}
