/** Answers of every kind with any text in them: what a card has to survive. */
import fc from 'fast-check';
import type { Answer, QuotedProvision } from '../../src/answers/answer.ts';
import type { Citation } from '../../src/terms/citation.ts';

const HOSTILE = [
  '<!channel>',
  '<@U0STAFF01>',
  '<http://a|b>',
  '&amp;',
  '*太字*',
  '\ud800',
  '\u0000',
  '\u202e',
  '\n',
  '',
];

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...HOSTILE, '第3条第2項各号に掲げる事項を明らかにすること。'),
);
/** From nothing to far more than a card has room for. */
const text = fc.oneof(
  piece,
  fc.tuple(piece, fc.nat(120)).map(([one, times]) => one.repeat(times)),
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
);

const citation: fc.Arbitrary<Citation> = fc.oneof(
  fc.record({ kind: fc.constant('row' as const), row: fc.nat(20) }),
  fc.record({
    kind: fc.constant('provision' as const),
    article: fc.nat(20),
    paragraph: fc.option(fc.nat(9)),
    item: fc.option(fc.nat(9)),
  }),
);
const quote: fc.Arbitrary<QuotedProvision> = fc.record({
  citation,
  label: fc.oneof(fc.constant('第3条第2項第1号'), text),
  caption: text,
  text,
  items: fc.array(fc.record({ label: text, text }), { maxLength: 30 }),
});
const quotes = fc.array(quote, { maxLength: 12 });
const someQuotes = fc.tuple(quote, quotes).map(([first, rest]) => [first, ...rest] as const);
const notes = fc.array(text, { maxLength: 15 });
const choice = fc.record({ quote, summary: text });
const reasons = fc.constant([]);

export const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const),
    lead: text,
    leadEn: fc.option(text),
    verdict: fc.option(
      fc.record({
        step: fc.constantFrom('事前打合せ' as const, '第3条2項の事項' as const, '停止再開終了届出' as const),
        apis: fc.array(fc.nat(20), { maxLength: 17 }),
        value: fc.constantFrom('required' as const, 'not_required' as const, 'optional' as const),
      }),
    ),
    quotes: someQuotes,
    bearing: fc.array(fc.record({ quote, why: text, decisive: fc.boolean() }), { maxLength: 12 }),
    notes,
    handover: fc.option(text),
    reasons,
  }),
  fc.record({
    kind: fc.constant('choose' as const),
    lead: text,
    choices: fc
      .tuple(choice, choice, fc.array(choice, { maxLength: 6 }))
      .map(([a, b, rest]) => [a, b, ...rest] as const),
    reasons,
  }),
  fc.record({
    kind: fc.constant('not_settled' as const),
    topic: text,
    gapId: fc.constant(null),
    lead: text,
    leadEn: fc.option(text),
    nearest: quotes,
    outside: fc.array(
      fc.record({
        text,
        label: fc.constantFrom('公表資料' as const, '公表資料の写し・要確認' as const, '窓口の指示' as const),
        source: text,
      }),
      { maxLength: 10 },
    ),
    notes,
    reasons,
  }),
  fc.record({
    kind: fc.constant('no_such_provision' as const),
    asked: text,
    lead: text,
    nearest: quotes,
    notes,
    reasons,
  }),
  fc.record({
    kind: fc.constant('out_of_scope' as const),
    lead: text,
    leadEn: fc.option(text),
    scheme: fc.option(fc.record({ name: text, address: fc.option(fc.oneof(fc.webUrl(), text)) })),
    nearest: quotes,
    reasons,
  }),
);

export const anyText = text;
