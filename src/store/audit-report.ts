/** Heads of the record that can be kept elsewhere, and what they show later. */
import { headOfHeads } from './hash-chain.ts';

/** A place in the record that does not hold. `seq` is the row of the case's record. */
export interface CaseRecordProblem {
  readonly team: string;
  readonly id: string;
  readonly seq: number;
  readonly message: string;
}

/** The last link of a case: how many rows it has, and the hash of the last. */
export interface Head {
  readonly team: string;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

export function problem(
  row: { team_id: string; case_id: string; seq: number },
  message: string,
): CaseRecordProblem {
  return { team: row.team_id, id: row.case_id, seq: row.seq, message };
}

/** ワークスペースT1 案件K-00042 の記録3行目：内容が書き換えられています。 */
export function describeRecordProblem({ team, id, seq, message }: CaseRecordProblem): string {
  return `ワークスペース${team} 案件${id} の記録${seq}行目：${message}`;
}

/** One line for each workspace: team, number of cases, one hash over all heads. Enough to keep in another place daily. */
export function teamHeads(heads: readonly Head[]): { team: string; cases: number; hash: string }[] {
  return [...groupBy(heads, ({ team }) => team)].map(([team, own]) => ({
    team,
    cases: own.length,
    hash: headOfHeads(own.map(writeHead)),
  }));
}

/** A head as one line of text, tab-separated: team, case, version, hash. */
export function writeHead({ team, id, version, hash }: Head): string {
  return [team, id, version, hash].join('\t');
}

/** Reads lines written by `writeHead`; null for a line that is none. */
export function readHead(line: string): Head | null {
  const match = /^([^\t]+)\t([^\t]+)\t(\d+)\t([0-9a-f]{64})$/.exec(line.trim());
  if (match === null) return null;
  const [, team = '', id = '', version = '', hash = ''] = match;
  return { team, id, version: Number(version), hash };
}

/**
 * What kept heads show: the record may have grown since, but the row they name must still have the hash they name.
 * `hashAt` gives the hash of a row of the record as it is now, null where there is none.
 */
export async function compareHeads(
  kept: readonly Head[],
  hashAt: (head: Head) => Promise<string | null>,
): Promise<CaseRecordProblem[]> {
  const problems: CaseRecordProblem[] = [];
  for (const head of kept) {
    const now = await hashAt(head);
    if (now === head.hash) continue;
    const message =
      now === null
        ? '控えにある行がありません。末尾が切り取られています。'
        : '控えと違います。記録が作り直されています。';
    problems.push({ team: head.team, id: head.id, seq: head.version, message });
  }
  return problems;
}

/** Values by key, in their order. (Map.groupBy needs Node 21.) */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}
