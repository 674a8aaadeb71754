/**
 * Answers for tests of the Slack edge: real provisions of the real text, chosen by a word in the question,
 * so that a test of delivery does not depend on how well search ranks.
 */
import type { Answer, QuotedProvision } from '../../src/answers/answer.ts';
import { createQuoter } from '../../src/answers/quote.ts';
import type { Answering } from '../../src/slack/edge.ts';
import { terms } from '../terms/held.ts';

const { quoteKey } = createQuoter(terms);
const reasons = [{ kind: 'words', line: '語が一致しました。', detail: 'scripted' }] as const;

export const version = {
  id: 'cao-undated',
  title: 'マイナポータルＡＰＩ利用規約',
  effectiveFrom: 'unknown',
  confirmed: { on: 'unknown' },
};

/** 「選」: choose; 「手数料」: not settled; 「第20条」: no such; 「天気」: out of scope; 「こわれ」: throws; else 第3条第2項. */
export function scriptedAnswers(): Answering {
  return {
    answer(typed, earlier = []) {
      if (typed.includes('こわれ')) throw new Error('scripted trouble');
      const before = earlier.map(({ question }) => question).join('／');
      const answer = scripted(typed, before === '' ? '' : `（前の質問：${before}）`);
      return { answers: [answer], language: 'ja', truncated: typed.length > 4_000 };
    },
    provision: (label) => grounded(quoteKey(label), `${label}をお示しします。`),
    explain: (typed) => ({
      asked: typed,
      read: typed,
      recognised: [],
      lent: null,
      candidates: [],
      outcomes: [{ of: '第3条第2項', by: 'words', reasons }],
      line: '語が一致しました。',
    }),
  };
}

function scripted(typed: string, before: string): Answer {
  if (typed.includes('選')) {
    const [first, second] = [quoteKey('第6条第1項'), quoteKey('第8条')];
    return {
      kind: 'choose',
      lead: '二つの規定が考えられます。',
      choices: [
        { quote: first, summary: '利用申込についてです。' },
        { quote: second, summary: '変更についてです。' },
      ],
      reasons,
    };
  }
  if (typed.includes('手数料')) {
    return {
      kind: 'not_settled',
      topic: '手数料',
      gapId: 'fees',
      lead: '手数料の定めはありません。',
      leadEn: null,
      nearest: [quoteKey('第1条')],
      outside: [{ text: '公表資料があります。', label: '公表資料', source: '架空の資料' }],
      notes: [],
      reasons,
    };
  }
  if (typed.includes('第20条')) {
    return {
      kind: 'no_such_provision',
      asked: '第20条',
      lead: '第16条までです。',
      nearest: [],
      notes: [],
      reasons,
    };
  }
  if (typed.includes('天気')) {
    return { kind: 'out_of_scope', lead: '範囲外です。', leadEn: null, scheme: null, nearest: [], reasons };
  }
  return grounded(quoteKey('第3条第2項'), `事前打合せで明らかにする事項です。${before}`);
}

function grounded(quote: QuotedProvision, lead: string): Answer {
  return {
    kind: 'answer',
    lead,
    leadEn: null,
    verdict: null,
    quotes: [quote],
    bearing: [{ quote: quoteKey('第16条第1項'), why: '適用されない場合があります。', decisive: true }],
    notes: [],
    handover: null,
    reasons,
  };
}
