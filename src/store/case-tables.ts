/** Tables of the cases. Every key begins with the team: no row of another workspace can be reached by a forged id. */
export interface CaseTables {
  cases: CasesTable;
  case_numbers: CaseNumbersTable;
  case_events: CaseEventsTable;
  case_shared_words: CaseWordsTable;
  case_staff_words: CaseWordsTable;
  case_facets: CaseFacetsTable;
  case_search: CaseSearchTable;
  case_refusals: CaseRefusalsTable;
  people: PeopleTable;
}

/** The state after the last event, kept beside the events for quick reading. */
export interface CasesTable {
  team_id: string;
  /** K-00042. */
  id: string;
  /** The number of events. A change is saved only at the version it was decided on. */
  version: number;
  /** Hash of the last event. */
  head: string;
  /** Case as JSON; people are references. */
  state: string;
  open: number;
  /** YYYY-MM-DD, 9999-12-31 for none. */
  next_due: string;
  opened_at: number;
  updated_at: number;
}

/** The last number given to a case in each workspace. */
export interface CaseNumbersTable {
  team_id: string;
  last: number;
}

/** The audit record: one row for each event, chained by hashes within a case. Never changed, never deleted. */
export interface CaseEventsTable {
  team_id: string;
  case_id: string;
  /** From 1, without gaps. */
  seq: number;
  at: number;
  /** Reference into `people`. */
  actor: string;
  /** `staff`, `provider` or `system`. */
  standing: string;
  kind: string;
  /** The event as JSON without its words; these are represented by a salted digest. */
  body: string;
  /** Inbox key of the delivery that caused it, and the place of the event among those it caused. */
  source_key: string | null;
  part: number;
  prev: string;
  hash: string;
}

/** What people wrote, apart from the record so that it can be erased. Staff-only words have a table of their own. */
export interface CaseWordsTable {
  team_id: string;
  case_id: string;
  seq: number;
  author: string;
  /** Makes the digest in the record say nothing about erased words; erased with them. */
  salt: string | null;
  text: string | null;
  erased_at: number | null;
}

/** One row for each way a case is listed (api:4, waiting:担当室 …), ordered by what is due. */
export interface CaseFacetsTable {
  team_id: string;
  facet: string;
  open: number;
  next_due: string;
  case_id: string;
}

/** The words a case is found by, in the form of `searchForm`; narrow, because a search reads all of them. */
export interface CaseSearchTable {
  team_id: string;
  case_id: string;
  text: string;
}

/** Commands that were refused, forged ones too. Append-only like the record. */
export interface CaseRefusalsTable {
  team_id: string;
  id: string;
  /** As it was given, cut to 64 characters; null for a new case. */
  case_id: string | null;
  at: number;
  actor: string;
  command: string;
  code: string;
  message: string;
}

/** Who a reference stands for. Erasing a person empties `user_id`; the record keeps the reference. */
export interface PeopleTable {
  team_id: string;
  ref: string;
  user_id: string | null;
  erased_at: number | null;
}
