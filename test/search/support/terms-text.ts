import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const versions = join(dirname(fileURLToPath(import.meta.url)), '../../../knowledge/versions');

/** The terms as they lie in knowledge/, whichever version comes first. */
export function termsText(): string {
  const version = readdirSync(versions).sort()[0] ?? '';
  return readFileSync(join(versions, version, 'terms.txt'), 'utf8');
}
