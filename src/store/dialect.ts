/** Everything in which SQLite and PostgreSQL differ. One schema text and one set of repositories serve both. */
import {
  type CreateTableNode,
  type DataTypeNode,
  type Expression,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryCompiler,
  type RawBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import pg from 'pg';

export type Engine = 'sqlite' | 'postgres';

const INT8 = 20;
const UNIQUE_CODES: ReadonlySet<string> = new Set([
  '23505',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_UNIQUE',
]);

/** How the guard of a record in SQLite answers a row whose key exists: it speaks before the unique index can. */
export const NEVER_REPLACED = 'rows are never replaced';

/** The engine behind a database handle or an open transaction. */
export function engineOf<T>(db: Kysely<T>): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

/** True when a statement failed because a row with this key exists. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return UNIQUE_CODES.has(String(error.code)) || error.message.endsWith(NEVER_REPLACED);
}

/** `text` contains `part` as it is: no wildcard, no escape. */
export function contains<T>(db: Kysely<T>, text: Expression<string>, part: string): RawBuilder<SqlBool> {
  return engineOf(db) === 'postgres' ? sql`strpos(${text}, ${part}) > 0` : sql`instr(${text}, ${part}) > 0`;
}

/** PostgreSQL that reads the schema as written for SQLite: see `PortableCompiler`. */
export function postgresDialect(url: string): PostgresDialect {
  return new PortablePostgres({ pool: postgresPool(url) });
}

function postgresPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: 10_000,
    // Everything asked for is a short walk along an index: workers and compiled plans cost more than they bring.
    options: '-c max_parallel_workers_per_gather=0 -c jit=off',
    // Times and counts are int8, which pg gives as text unless told otherwise; all of ours are safe integers.
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

class PortablePostgres extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new PortableCompiler();
  }
}

/** `integer` is 64 bits wide as in SQLite (times are epoch milliseconds), and tables are strict without saying so. */
class PortableCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    this.append(node.dataType === 'integer' ? 'bigint' : String(node.dataType));
  }

  protected override visitCreateTable(node: CreateTableNode): void {
    const { endModifiers: _strict, ...table } = node;
    super.visitCreateTable(table);
  }
}
