/** A consistent copy of the SQLite file while the bot runs, and the way back. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { MIGRATIONS } from './migrations.ts';

export type BackupProblem = 'missing' | 'exists' | 'damaged' | 'foreign' | 'newer' | 'in-use';

export class BackupError extends Error {
  readonly problem: BackupProblem;

  constructor(problem: BackupProblem, message: string) {
    super(message);
    this.name = 'BackupError';
    this.problem = problem;
  }
}

/** What one copy holds. */
export interface BackupContents {
  readonly cases: number;
  readonly events: number;
  readonly pages: number;
}

/**
 * Copies `source` to the new file `target`: everything committed when the copy ends, nothing half-written.
 * The bot may go on writing. The copy is checked before it gets its name. Throws BackupError.
 */
export async function backUp(source: string, target: string): Promise<BackupContents> {
  if (!existsSync(source)) throw new BackupError('missing', `${source} はありません。`);
  if (existsSync(target)) throw new BackupError('exists', `${target} はすでにあります。上書きはしません。`);
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  const db = new Database(source, { fileMustExist: true });
  try {
    db.pragma('busy_timeout = 10000');
    // All pages in one step: a copy in many steps starts again whenever the bot writes, and may never end.
    await db.backup(unfinished, { progress: () => 0x7fffffff });
  } finally {
    db.close();
  }
  const contents = inspect(unfinished);
  sync(unfinished);
  renameSync(unfinished, target);
  return contents;
}

/**
 * Puts a copy in the place of `target`. What stood there is kept beside it under the name that is returned
 * (null when there was nothing). Refuses while a process has the database open. Throws BackupError.
 */
export function restore(
  copy: string,
  target: string,
  stamp: string,
): { contents: BackupContents; former: string | null } {
  if (!existsSync(copy)) throw new BackupError('missing', `${copy} はありません。`);
  const contents = inspect(copy);
  mkdirSync(dirname(target), { recursive: true });
  const incoming = `${target}.incoming`;
  copyFileSync(copy, incoming);
  sync(incoming);
  const former = existsSync(target) ? `${target}.before-${stamp}` : null;
  if (former !== null) {
    foldLog(target);
    renameSync(target, former);
  }
  // A log of the former file must never be replayed onto the restored one.
  for (const suffix of ['-wal', '-shm']) rmSync(target + suffix, { force: true });
  renameSync(incoming, target);
  return { contents, former };
}

/** Reads a copy through: whole, ours, and not written by a newer program. */
function inspect(file: string): BackupContents {
  const db = openCopy(file);
  try {
    const [{ integrity_check: verdict } = { integrity_check: '' }] = db.pragma('integrity_check') as {
      integrity_check: string;
    }[];
    if (verdict !== 'ok') throw new BackupError('damaged', `${file} は壊れています：${verdict}`);
    const known = new Set(MIGRATIONS.map(({ id }) => id));
    const applied = db.prepare<[], { id: string }>('select id from migrations').all();
    const newer = applied.filter(({ id }) => !known.has(id));
    if (newer.length > 0) {
      throw new BackupError('newer', `${file} は新しい版のプログラムで作られています（${newer[0]?.id}）。`);
    }
    const count = (table: string) =>
      db.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get()?.n ?? 0;
    return {
      cases: count('cases'),
      events: count('case_events'),
      pages: Number(db.pragma('page_count', { simple: true })),
    };
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError('foreign', `${file} はこのボットのデータベースではありません。`);
  } finally {
    db.close();
  }
}

function openCopy(file: string): Database.Database {
  try {
    return new Database(file, { fileMustExist: true });
  } catch {
    throw new BackupError('foreign', `${file} を開けません。`);
  }
}

/** Leaving WAL needs the file for oneself: where another process has it open, SQLite answers that it is locked. */
function foldLog(file: string): void {
  const db = new Database(file, { fileMustExist: true });
  try {
    const mode = db.pragma('journal_mode = DELETE', { simple: true });
    if (mode !== 'delete') throw new Error(String(mode));
  } catch {
    throw new BackupError('in-use', `${file} は使われています。ボットを止めてから復元してください。`);
  } finally {
    db.close();
  }
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
