/** Any order of presses by any person: what an inquiry has to survive. */
import fc from 'fast-check';
import type { Actor, InquiryCommand } from '../../src/inquiries/decide.ts';

export const ASKER: Actor = { person: 'UASKER', staff: false };
export const ACTORS: readonly Actor[] = [
  ASKER,
  { person: 'UOTHER', staff: false },
  { person: 'USTAFF1', staff: true },
  { person: 'USTAFF2', staff: true },
];

const text = fc.constantFrom('はい', '  ', '', '<!channel> & <@USTAFF1>', 'あ'.repeat(3_001));

export const command: fc.Arbitrary<InquiryCommand> = fc.oneof(
  fc.constantFrom('take' as const, 'handBack' as const, 'withdraw' as const).map((kind) => ({ kind })),
  fc.record({ kind: fc.constantFrom('reply' as const, 'supplement' as const), text }),
  fc.record({ kind: fc.constant('draft' as const), file: fc.constant('x.yaml') }),
);

export interface Press {
  readonly actor: Actor;
  readonly command: InquiryCommand;
}

export const presses = fc.array(fc.record({ actor: fc.constantFrom(...ACTORS), command }), { maxLength: 25 });
