import { defineConfig } from 'vitest/config';

/** The slow ones: the real page in a real browser. What fails twice on a loaded machine has failed. */
export default defineConfig({
  test: { include: ['test/browser/**/*.browser.ts'], pool: 'threads', testTimeout: 30_000, retry: 1 },
});
