import type { Composer } from '../../src/slack/outbox/composition.ts';

/** Says the keys of the rows to the recipient as it stands. */
export const plainComposer: Composer = async ({ rows, recipient }) => ({
  kind: 'message',
  to: recipient,
  text: rows.map(({ key }) => key).join(),
  blocks: [],
  picture: null,
  late: false,
  leftOut: [],
});
