/**
 * `npm run -s privacy -- --team T… --person U…` prints everything kept about a person as JSON; with `--erase` it is
 * taken out instead. The bot may run meanwhile where PostgreSQL keeps the data; with SQLite it is stopped first.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { GuideError } from '../errors.ts';
import { openStore } from '../store/database.ts';
import { createPersonPrivacy } from '../store/person-privacy.ts';
import { runCli } from './run.ts';
import { storeSettings } from './store-settings.ts';

await runCli(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      team: { type: 'string', default: '' },
      person: { type: 'string', default: '' },
      erase: { type: 'boolean', default: false },
    },
  });
  const { team, person, erase } = values;
  if (!/^[TE][A-Z0-9]+$/.test(team) || !/^[UW][A-Z0-9]+$/.test(person)) {
    throw new GuideError('input-invalid', [
      '--team にワークスペースのID（T…）、--person に人のID（U…）を指定してください。例：npm run -s privacy -- --team T012AB3CD --person U045EF6GH',
    ]);
  }
  const db = await openStore(storeSettings(process.env));
  try {
    const privacy = createPersonPrivacy(db, randomUUID);
    if (!erase) return console.log(JSON.stringify(await privacy.exportPerson(team, person), null, 2));
    const erased = await privacy.erasePerson(team, person, Date.now());
    console.log(`${person} の書いた文章${erased}件を消し、だれであったかを記録から外しました。`);
  } finally {
    await db.destroy();
  }
});
