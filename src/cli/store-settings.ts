/** Where the tools find the database: the same settings as the bot's, without its tokens. */
export interface StoreSettings {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}

export function storeSettings(environment: Readonly<Record<string, string | undefined>>): StoreSettings {
  const given = (key: string) => environment[key]?.trim() || null;
  return { databaseUrl: given('DATABASE_URL'), dataDir: given('DATA_DIR') ?? '.data' };
}
