/** What shows the cases in Slack, and what was done with the data of people. */
export interface CaseCardTables {
  case_cards: CaseCardsTable;
  case_cards_kept: CaseCardsKeptTable;
  privacy_acts: PrivacyActsTable;
}

/** One message that shows a case in a channel and is kept current. */
export interface CaseCardsTable {
  team_id: string;
  case_id: string;
  channel: string;
  /** Opaque; it goes into the metadata of our messages, by which they are found again. */
  id: string;
  /** Null until the message is known to stand in Slack. */
  ts: string | null;
  /** The version of the case it shows. */
  shown: number;
  /** The version up to which changes were told below it; -1 before the first. */
  noted: number;
  /** Since when somebody has been tending it; null when nobody does. */
  tended_since: number | null;
  /** When a post was begun whose end nobody knows, and the version it told of; both null when there is none. */
  doubt_since: number | null;
  doubt_to: number | null;
}

/** The version of a case whose cards are all as they should be. */
export interface CaseCardsKeptTable {
  team_id: string;
  case_id: string;
  version: number;
}

/** Who took out or erased whose data, and when. Append-only; people are references. */
export interface PrivacyActsTable {
  team_id: string;
  id: string;
  at: number;
  actor: string;
  subject: string;
  /** `exported` or `erased`. */
  act: string;
  /** How many texts were erased; 0 for an export. */
  texts: number;
}
