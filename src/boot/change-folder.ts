import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * Keeps drafts of changes of the knowledge in a folder, which is created when the first one comes. A file that exists
 * is never written over: somebody may be reviewing it. Throws what the file system throws.
 */
export function changeFolder(folder: string): (name: string, text: string) => Promise<void> {
  return async (name, text) => {
    if (basename(name) !== name || !name.endsWith('.yaml'))
      throw new Error(`no name of a change file: ${name}`);
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(join(folder, name), text, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  };
}
