/** The table of all cases: complete however many there are, in files that stay small. */
import { expect, test } from 'vitest';
import { tableFiles } from '../../src/slack/case-table.ts';
import type { Edge } from '../../src/slack/edge.ts';
import { rules } from '../support/case-rules.ts';
import { startScene } from '../support/scene.ts';

test('every case stands in it once, open and closed, over pages and files; other work is served in between', async () => {
  const scene = await startScene();
  const viewer = { teamId: scene.slack.teamId, person: 'USTAFF1', staff: true, channels: [] };
  const act = (id: string | null, command: Record<string, unknown>) =>
    scene.stores.cases.carryOut({
      asker: viewer,
      id,
      expected: null,
      command,
      rules,
      now: Date.now(),
      sourceKey: null,
    });
  for (let number = 1; number <= 230; number += 1) {
    const apis = { rows: [1], typed: [] };
    const opened = await act(null, { kind: 'open', company: `会社${number}`, caseKind: '新規', apis });
    if (opened.kind === 'done' && number % 3 === 0)
      await act(opened.record.id, { kind: 'close', outcome: '完了' });
  }
  const edge = { desk: { store: scene.stores.cases } } as unknown as Edge;
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 0);
  const files: string[] = [];
  for await (const { csv } of tableFiles(edge, viewer, 100)) files.push(csv.toString());
  clearInterval(timer);
  const lines = files.flatMap((file) => file.trimEnd().split('\r\n').slice(1));
  expect(files.every((file) => file.startsWith('\ufeff"番号"'))).toBe(true);
  expect(files.length).toBeGreaterThan(1);
  expect(lines.length).toBe(230);
  expect(new Set(lines.map((line) => line.slice(0, 9))).size).toBe(230);
  expect(turns).toBeGreaterThan(0);
  await scene.stop();
});
