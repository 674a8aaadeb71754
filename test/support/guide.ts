import { type Guide, loadGuide } from '../../src/boot/load-guide.ts';

const loaded = await loadGuide();

/** The real guide over the real knowledge, loaded once for each test file. */
export function guide(): Guide {
  return loaded;
}
