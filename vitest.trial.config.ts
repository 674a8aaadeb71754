import { defineConfig } from 'vitest/config';

/** Trials that take minutes: processes that are killed and frozen, a Slack that loses answers. */
export default defineConfig({
  test: {
    include: ['test/**/*.trial.ts'],
    globalSetup: ['test/support/postgres-server.ts'],
    pool: 'threads',
  },
});
