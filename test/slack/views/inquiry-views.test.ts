import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuoter } from '../../../src/answers/quote.ts';
import type { Candidate, Trace } from '../../../src/answers/reasons.ts';
import type { Actor } from '../../../src/inquiries/decide.ts';
import { decideInquiry } from '../../../src/inquiries/decide.ts';
import { evolveInquiry, type InquiryEvent, replayInquiry } from '../../../src/inquiries/inquiry.ts';
import { changeAsYaml } from '../../../src/knowledge/change.ts';
import { checkBlocks, checkView } from '../../../src/local-slack/schema/check.ts';
import { MOST_BLOCKS, MOST_CHARACTERS } from '../../../src/slack/views/answer-card.ts';
import { CHANGE_KINDS, changeForm, changeMenu, draftedModal } from '../../../src/slack/views/change-forms.ts';
import { inquiryCard, inquiryNote } from '../../../src/slack/views/inquiry-card.ts';
import {
  askModal,
  inquiryModal,
  replyModal,
  statusModal,
  supplementModal,
} from '../../../src/slack/views/inquiry-modals.ts';
import { replyCard } from '../../../src/slack/views/inquiry-reply.ts';
import { missingAsCsv } from '../../../src/slack/views/missing-csv.ts';
import { missingGroupModal, missingModal } from '../../../src/slack/views/missing-view.ts';
import { whyAnswerModal } from '../../../src/slack/views/why-answer.ts';
import type { GivenAnswer } from '../../../src/store/answer-store.ts';
import type { InquiryRecord } from '../../../src/store/inquiry-rows.ts';
import { SIGNS } from '../../../src/unanswered/asked.ts';
import type { MissingGroup } from '../../../src/unanswered/report.ts';
import { answer, anyText } from '../../support/arbitrary-answers.ts';
import { presses } from '../../support/arbitrary-inquiries.ts';
import { version } from '../../support/scripted-answers.ts';
import { terms } from '../../terms/held.ts';

const { quoteKey } = createQuoter(terms);

const given: fc.Arbitrary<GivenAnswer> = fc
  .record({ question: anyText, answers: fc.array(answer, { maxLength: 5 }) })
  .map((more) => ({
    id: '00000000-0000-4000-8000-000000000000',
    teamId: 'T1',
    sourceKey: 'k',
    channel: null,
    threadTs: null,
    messageTs: null,
    userId: 'UASKER',
    versionId: 'another version',
    askedAt: 0,
    ...more,
  }));

const record: fc.Arbitrary<InquiryRecord> = fc
  .record({
    all: presses,
    texts: fc.array(fc.option(anyText), { minLength: 1, maxLength: 5 }),
    place: fc.option(fc.constantFrom({ channel: 'C1', threadTs: '1.1' }, { channel: 'D1', threadTs: null })),
    asker: fc.constantFrom('UASKER', 'P-erased'),
    replyTo: fc.constantFrom('thread' as const, 'person' as const),
  })
  .map(({ all, texts, place, asker, replyTo }) => {
    const events: InquiryEvent[] = [{ kind: 'opened', answerId: 'A1', replyTo, seq: 1, at: 0, actor: asker }];
    let inquiry = replayInquiry(events);
    for (const { command, actor } of all) {
      const by: Actor = actor.person === 'UASKER' ? { ...actor, person: asker } : actor;
      const decided = decideInquiry(inquiry, command, by);
      if (decided.kind === 'refused') continue;
      const event = { ...decided, seq: events.length + 1, at: events.length, actor: by.person };
      events.push(event);
      inquiry = evolveInquiry(inquiry, event);
    }
    const written = events.flatMap(({ seq, kind }): [number, string | null][] => {
      const text = texts[seq % texts.length] ?? null;
      return kind === 'replied' || kind === 'supplemented' || kind === 'opened'
        ? [[seq, text === null ? null : text.slice(0, 3_000)]]
        : [];
    });
    return {
      teamId: 'T1',
      id: 'Q-00001',
      place,
      inquiry,
      events,
      words: new Map(written),
      card: null,
      cardVersion: 0,
      told: 0,
      tries: 0,
    };
  });

const candidate: fc.Arbitrary<Candidate> = fc.record({
  kind: fc.constantFrom(
    'provision' as const,
    'gap' as const,
    'topic' as const,
    'neighbour' as const,
    'offtopic' as const,
  ),
  key: fc.constantFrom('第9条', '別表項番4', 'fees', 'a'.repeat(60)),
  score: fc.double({ min: 0, max: 3, noNaN: true }),
  ask: fc.option(
    fc.record({
      text: anyText,
      likeness: fc.double({ min: 0, max: 1, noNaN: true }),
      shared: fc.array(anyText, { maxLength: 5 }),
    }),
  ),
  wording: fc.double({ min: 0, max: 1, noNaN: true }),
});
const fact = fc.record({ name: anyText, found: anyText });
const trace: fc.Arbitrary<Trace> = fc.record({
  asked: anyText,
  read: anyText,
  recognised: fc.array(fact, { maxLength: 13 }),
  lent: fc.option(fc.array(fact, { maxLength: 13 })),
  candidates: fc.array(candidate, { maxLength: 8 }),
  outcomes: fc.array(
    fc.record({
      of: anyText,
      by: fc.constantFrom('ask' as const, 'rule' as const, null),
      reasons: fc.array(fc.record({ kind: fc.constant('ask' as const), line: anyText, detail: anyText }), {
        maxLength: 9,
      }),
    }),
    { maxLength: 5 },
  ),
  line: anyText,
});
const group: fc.Arbitrary<MissingGroup> = fc.array(anyText, { minLength: 1, maxLength: 12 }).map((texts) => ({
  id: '00000000-0000-4000-8000-000000000000',
  questions: texts.map((text, at) => ({
    id: String(at),
    text,
    at,
    place: null,
    answers: [],
    verdicts: [],
    toOffice: false,
    sign: SIGNS[at % SIGNS.length] ?? 'unknown',
  })),
  counts: { wrong: 1, again: 2, unsettled: 3, outside: 4, helpful: 5, unknown: 6 },
  toOffice: 2,
  lastAt: 9,
}));

describe('every screen of an inquiry, whatever happened and whatever was written', () => {
  it('is taken by Slack: the card, the reply, the note, the modals', () => {
    fc.assert(
      fc.property(record, fc.option(given), anyText, (one, asked, notice) => {
        const cards = [
          inquiryCard(one, asked),
          ...one.events.flatMap((event) => [
            inquiryNote(one, event),
            replyCard(one, event, asked?.question ?? ''),
          ]),
        ];
        for (const { blocks, text } of cards) {
          expect(blocks.length).toBeLessThanOrEqual(MOST_BLOCKS);
          expect(JSON.stringify(blocks).length).toBeLessThan(MOST_CHARACTERS);
          expect(() => checkBlocks(plainJson(blocks))).not.toThrow();
          expect(text).not.toMatch(/[<>]/);
          expect(text.isWellFormed()).toBe(true);
        }
        for (const view of [
          statusModal(one, notice),
          inquiryModal(one, asked, notice),
          replyModal(one, asked, { notice, text: notice.slice(0, 3_000) }),
          supplementModal(one),
          ...(asked === null ? [] : [askModal(asked, true), askModal(asked, false)]),
        ]) {
          expect(() => checkView(plainJson(view), 'modal')).not.toThrow();
        }
      }),
      { numRuns: 150 },
    );
  });

  it('mentions nobody but the asker and the office: what people wrote stands in plain and rich text only', () => {
    fc.assert(
      fc.property(record, fc.option(given), (one, asked) => {
        const { blocks } = inquiryCard(one, asked);
        expect(
          kinds(blocks).filter((kind) => ['mrkdwn', 'broadcast', 'usergroup', 'channel'].includes(kind)),
        ).toEqual([]);
        const users = JSON.stringify(blocks).match(/"user_id":"[^"]*"/g) ?? [];
        expect(users.filter((user) => !/UASKER|USTAFF[12]/.test(user))).toEqual([]);
      }),
    );
  });

  it('the reply says whose word it is, of which day, and that it is no part of the terms; it names nobody of the office and holds no supplement', () => {
    fc.assert(
      fc.property(record, (one) => {
        const marked = {
          ...one,
          words: new Map(
            [...one.words].map(([seq, text]) => [
              seq,
              one.events[seq - 1]?.kind === 'replied' ? text : '内密の補足',
            ]),
          ),
        };
        for (const event of marked.events.filter(({ kind }) => kind === 'replied')) {
          const said = JSON.stringify(replyCard(marked, event, '質問'));
          expect(said).toContain('担当室の回答');
          expect(said).toContain('1970年1月1日');
          expect(said).toContain('利用規約の一部ではありません');
          expect(said).not.toMatch(/USTAFF|内密の補足/);
        }
      }),
    );
  });
});

describe('why, and what is missing', () => {
  it('are taken by Slack', () => {
    const nearest = ['第9条', '第11条第1項'].map(quoteKey);
    fc.assert(
      fc.property(
        trace,
        given,
        fc.array(group, { maxLength: 6 }),
        fc.array(record, { maxLength: 5 }),
        (why, asked, page, open) => {
          const report = {
            counts: page[0]?.counts ?? {
              wrong: 0,
              again: 0,
              unsettled: 0,
              outside: 0,
              helpful: 0,
              unknown: 0,
            },
            toOffice: 1,
            groups: [...page, ...page],
          };
          const screen = { report, since: 0, cut: true, start: 0, page, open, openCount: open.length };
          for (const view of [
            whyAnswerModal(why, asked, version),
            missingModal(screen),
            ...page.map((one) => missingGroupModal({ group: one, nearest, reason: why.line, version })),
          ]) {
            expect(() => checkView(plainJson(view), 'modal')).not.toThrow();
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('forms for a change are taken by Slack, and so is what was written', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(anyText, { maxLength: 8 }),
        fc.option(anyText),
        fc.array(candidate, { maxLength: 8 }),
        (question, others, reply, found) => {
          const candidates = found.filter(
            ({ key }, at) => found.findIndex((other) => other.key === key) === at,
          );
          const source = {
            id: 'Q-00001',
            question,
            others,
            reply: reply?.slice(0, 3_000) ?? null,
            candidates,
            nearest: candidates.map(({ key }) => key),
          };
          for (const view of [
            changeMenu('Q-00001'),
            ...CHANGE_KINDS.map((kind) => changeForm(kind, source)),
            draftedModal('x.yaml', question),
          ]) {
            expect(() => checkView(plainJson(view), 'modal')).not.toThrow();
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('in the table no cell is calculated, whatever was asked', () => {
    fc.assert(
      fc.property(group, fc.constantFrom('=1+1', '+1', '-1', '@x', '\t=1', '＝1'), (one, formula) => {
        const [first, ...rest] = one.questions;
        if (first === undefined) return;
        const text = missingAsCsv([{ ...one, questions: [{ ...first, text: formula }, ...rest] }], () => [
          '第9条',
        ]);
        expect(text).toContain(`"'${formula}"`);
        expect(text).not.toMatch(/(?:^|,)"[\s]*[=+@＝]/mu);
      }),
    );
  });
});

describe('the draft of a change', () => {
  it('is YAML again, whatever was written in it', async () => {
    const { parse } = await import('yaml');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }).map((text) => `x${text.toWellFormed()}`),
        (question) => {
          const change = {
            kind: 'paraphrase' as const,
            of: 'provision' as const,
            key: '第9条',
            asks: { ja: [question], en: [] },
          };
          const file = { version: 'v', drafted: '2026-11-26', from: 'Q-00001', question, change };
          expect(parse(changeAsYaml(file))).toEqual(file);
        },
      ),
    );
  });
});

function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Every `type` of block, element and text object. */
function kinds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(kinds);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'type' ? [String(inner)] : kinds(inner)));
}
