import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../src/boot/project-root.ts';

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')));

// A registry that lacks the packages of other platforms makes `npm install` leave them out, and then every
// `npm ci` refuses the lock file.
test('the lock file names the optional packages of every platform, so that npm ci accepts it everywhere', () => {
  const named = Object.entries(lock.packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ parent, name })),
  );
  const missing = named.filter(
    ({ parent, name }) =>
      lock.packages[`node_modules/${name}`] === undefined &&
      lock.packages[`${parent}/node_modules/${name}`] === undefined,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
