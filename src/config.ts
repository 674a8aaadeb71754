import { z } from 'zod';
import { GuideError } from './errors.ts';

interface Common {
  /** Folder of the database, created when absent. */
  readonly dataDir: string;
  /** PostgreSQL in place of the SQLite file in `dataDir`; null for SQLite. */
  readonly databaseUrl: string | null;
  /** Questions, feedback and the words of settled inquiries are kept this many days. */
  readonly retentionDays: number;
  /** Another Web API root (GovSlack, a stand-in), ending in /api/; null for slack.com. */
  readonly slackApiUrl: string | null;
  /** Who belongs to the office, and the channel it reads. */
  readonly staff: {
    readonly usergroup: string | null;
    readonly users: readonly string[];
    readonly channel: string | null;
  };
}

/** `port`: of the local workspace's page. */
export type LocalConfig = Common & { readonly mode: 'local'; readonly port: number };
export type SocketConfig = Common & {
  readonly mode: 'socket';
  readonly botToken: string;
  readonly appToken: string;
};
export type HttpConfig = Common & {
  readonly mode: 'http';
  readonly botToken: string;
  readonly signingSecret: string;
  readonly port: number;
  readonly host: string;
};
/** Where the bot runs: without any token, over Socket Mode, or behind an HTTP request URL. */
export type Config = LocalConfig | SocketConfig | HttpConfig;

type Environment = Readonly<Record<string, string | undefined>>;

const SECRETS = new Set(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'DATABASE_URL']);

const EXPECTED = {
  SLACK_BOT_TOKEN: 'xoxb- で始まるボットトークン（「OAuth & Permissions」の Bot User OAuth Token）',
  SLACK_APP_TOKEN:
    'xapp- で始まるアプリレベルトークン（「Basic Information」、スコープは connections:write）',
  SLACK_SIGNING_SECRET: '空白を含まない英数字（「Basic Information」の Signing Secret）',
  PORT: '1から65535までの整数',
  HOST: '待ち受けるアドレス。例：127.0.0.1',
  SLACK_API_URL: '/api/ で終わる http または https のURL。例：https://slack.com/api/',
  DATA_DIR: 'データを置くフォルダーのパス',
  STAFF_USERGROUP: '担当室のユーザーグループのID（S で始まる）',
  STAFF_USERS: '担当室の職員のユーザーID（U で始まる）をコンマで区切ったもの。例：U012AB3CD,U045EF6GH',
  STAFF_CHANNEL: '担当室だけのチャンネルのID（C または G で始まる）',
  DATABASE_URL: 'postgres:// で始まるURL。例：postgres://user@host/guide',
  RETENTION_DAYS: '30から3650までの日数。質問・評価・済んだ問い合わせの文章を残す期間',
} as const;
type Key = keyof typeof EXPECTED;

const botToken = z.string().regex(/^xoxb-\S+$/);
const appToken = z.string().regex(/^xapp-\S+$/);
const signingSecret = z.string().regex(/^[A-Za-z0-9]+$/);
const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().int().min(1).max(65_535));

/** The address of the local workspace stays the same from start to start, so that it can be bookmarked. */
const LOCAL_PORT = 3920;

const common = {
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S+$/)
    .nullable()
    .default(null),
  STAFF_USERGROUP: z
    .string()
    .regex(/^S[A-Z0-9]{1,30}$/)
    .nullable()
    .default(null),
  STAFF_USERS: z
    .string()
    .regex(/^[UW][A-Z0-9]{1,30}(?:\s*,\s*[UW][A-Z0-9]{1,30})*$/)
    .transform((list) => list.split(',').map((id) => id.trim()))
    .default([]),
  STAFF_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{1,30}$/)
    .nullable()
    .default(null),
  RETENTION_DAYS: z
    .string()
    .regex(/^\d{2,4}$/)
    .transform(Number)
    .pipe(z.number().int().min(30).max(3_650))
    .default(365),
  SLACK_API_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?\/api\/$/)
    .nullable()
    .default(null),
};
const socketSettings = z.object({ ...common, SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken });
const httpSettings = z.object({
  ...common,
  SLACK_BOT_TOKEN: botToken,
  SLACK_SIGNING_SECRET: signingSecret,
  PORT: port,
  HOST: z.string().default('127.0.0.1'),
});

/**
 * The settings of the environment. Empty values count as absent. SLACK_APP_TOKEN chooses Socket Mode,
 * SLACK_SIGNING_SECRET HTTP; without any of the three secrets the bot runs locally.
 * Throws `settings-invalid` with one line for every wrong or missing key; secrets are never shown.
 */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(
    Object.entries(environment)
      .map(([key, value]) => [key, value?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  if (given.SLACK_APP_TOKEN !== undefined && given.SLACK_SIGNING_SECRET !== undefined) {
    throw new GuideError('settings-invalid', [
      '設定に誤りがあります。',
      '・SLACK_APP_TOKEN と SLACK_SIGNING_SECRET：どちらか一方だけを設定してください（Socket Mode は前者、HTTP は後者）。',
    ]);
  }
  if (given.SLACK_APP_TOKEN !== undefined) return socketConfig(given);
  if (given.SLACK_SIGNING_SECRET !== undefined) return httpConfig(given);
  if (given.SLACK_BOT_TOKEN !== undefined) return tokenWithoutTransport(given);
  const read = readSettings(z.object({ ...common, PORT: port.default(LOCAL_PORT) }), given);
  return {
    mode: 'local',
    ...commonOf(read),
    port: read.PORT,
  };
}

function socketConfig(given: Environment): SocketConfig {
  const read = readSettings(socketSettings, given);
  return {
    mode: 'socket',
    ...commonOf(read),
    botToken: read.SLACK_BOT_TOKEN,
    appToken: read.SLACK_APP_TOKEN,
  };
}

function httpConfig(given: Environment): HttpConfig {
  const read = readSettings(httpSettings, given);
  return {
    mode: 'http',
    ...commonOf(read),
    botToken: read.SLACK_BOT_TOKEN,
    signingSecret: read.SLACK_SIGNING_SECRET,
    port: read.PORT,
    host: read.HOST,
  };
}

function commonOf(read: z.infer<z.ZodObject<typeof common>>): Common {
  return {
    dataDir: read.DATA_DIR,
    databaseUrl: read.DATABASE_URL,
    retentionDays: read.RETENTION_DAYS,
    slackApiUrl: read.SLACK_API_URL,
    staff: {
      usergroup: read.STAFF_USERGROUP,
      users: read.STAFF_USERS,
      channel: read.STAFF_CHANNEL,
    },
  };
}

function tokenWithoutTransport(given: Environment): never {
  const checked = z.object({ ...common, SLACK_BOT_TOKEN: botToken }).safeParse(given);
  throw new GuideError('settings-invalid', [
    '設定に誤りがあります。',
    ...(checked.success ? [] : problemLines(checked.error, given)),
    '・SLACK_APP_TOKEN または SLACK_SIGNING_SECRET：設定がありません。Socket Mode では前者、HTTP では後者と PORT が必要です。',
  ]);
}

function readSettings<S extends z.ZodType>(schema: S, given: Environment): z.infer<S> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw new GuideError('settings-invalid', ['設定に誤りがあります。', ...problemLines(read.error, given)]);
}

function problemLines(error: z.ZodError, given: Environment): string[] {
  const keys = [...new Set(error.issues.map((issue) => String(issue.path[0]) as Key))];
  return keys.map((key) => `・${key}：${describeValue(key, given[key])}必要な値は、${EXPECTED[key]}です。`);
}

function describeValue(key: Key, value: string | undefined): string {
  if (value === undefined) return '設定がありません。';
  return SECRETS.has(key) ? '値の形が違います（値は表示しません）。' : `値「${value}」は使えません。`;
}
