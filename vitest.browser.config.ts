import { defineConfig } from 'vitest/config';

/** The slow ones: the real page in a real browser. */
export default defineConfig({
  test: { include: ['test/browser/**/*.browser.ts'], pool: 'threads', testTimeout: 30_000 },
});
