import { type Guide, loadGuide } from '../../src/boot/load-guide.ts';

let loaded: Guide | undefined;

/** The real guide over the real knowledge, loaded once for each test file. */
export function guide(): Guide {
  loaded ??= loadGuide();
  return loaded;
}
