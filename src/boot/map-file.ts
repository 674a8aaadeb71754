/** A file as memory that the processes of a machine share: Node itself can only read it into each. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** As POSIX has them; the same on Linux and macOS. */
const READ_AND_WRITE = 1 | 2;
const PRIVATE = 2;
const FAILED = 2n ** 64n - 1n;

type MapOpened = (file: number, size: number) => Uint8Array | null;

let mapOpened: MapOpened | undefined;

/**
 * The bytes of a file: its pages are read when they are touched, and lie in memory once however many processes map them.
 * Where the system or the machine's packages do not allow that, they are read into this process. Only for files that
 * are replaced by others (renamed over): one that was cut short in place would end the process when it is read. What is
 * written into the bytes stays in this process. Throws what `readFileSync` throws.
 */
export function mapFile(path: string): Uint8Array {
  mapOpened ??= createMapping();
  const file = openSync(path, 'r');
  try {
    return mapOpened(file, fstatSync(file).size) ?? readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function createMapping(): MapOpened {
  // `off_t` has 64 bits there.
  const isKnown = ['linux', 'darwin'].includes(process.platform) && ['x64', 'arm64'].includes(process.arch);
  if (!isKnown) return () => null;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    const mmap = koffi
      .load(null)
      .func('void *mmap(void *address, size_t length, int protection, int flags, int file, int64_t offset)');
    return (file, size) => {
      if (size === 0) return null;
      const at = mmap(null, size, READ_AND_WRITE, PRIVATE, file, 0) as bigint;
      return at === FAILED ? null : new Uint8Array(koffi.view(at, size));
    };
  } catch {
    return () => null;
  }
}
