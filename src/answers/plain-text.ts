import { STEP_VALUE_WORDS } from '../terms/steps.ts';
import type { Answer, QuotedProvision } from './answer.ts';

/** An answer as a person reads it without Slack: the plain answer, the quote word for word, what else bears on it. */
export function answerAsText(answer: Answer): string {
  return sections(answer)
    .filter((section) => section !== '')
    .join('\n\n');
}

/** A provision with its address and caption: 第9条（利用の停止・再開・終了） and its wording, 号 included. */
export function quoteAsText({ label, caption, text, items }: QuotedProvision): string {
  return [
    `${label}（${caption}）`,
    `「${text}」`,
    ...items.map((item) => `  ${item.label}「${item.text}」`),
  ].join('\n');
}

function sections(answer: Answer): string[] {
  switch (answer.kind) {
    case 'answer':
      return [
        answer.verdict ? `【${STEP_VALUE_WORDS[answer.verdict.value]}】${answer.lead}` : answer.lead,
        answer.leadEn ?? '',
        ...answer.quotes.map(quoteAsText),
        list(
          'あわせて読む規定',
          answer.bearing.map(({ quote, why }) => `${quote.label}（${quote.caption}）：${why}`),
        ),
        list('注意', answer.notes),
        answer.handover ?? '',
      ];
    case 'choose':
      return [
        answer.lead,
        ...answer.choices.map(({ quote, summary }) => `・${quote.label}（${quote.caption}）：${summary}`),
      ];
    case 'not_settled':
      return [
        `【利用規約に定めなし】${answer.topic}`,
        answer.lead,
        answer.leadEn ?? '',
        list('注意', answer.notes),
        list(
          '利用規約の外の情報',
          answer.outside.map(({ text, label, source }) => `［${label}］${text}（${source}）`),
        ),
        answer.nearest.length > 0 ? '近い規定' : '',
        ...answer.nearest.map(quoteAsText),
      ];
    case 'no_such_provision':
      return [answer.lead, list('注意', answer.notes), ...answer.nearest.map(quoteAsText)];
    case 'out_of_scope':
      return [
        answer.lead,
        answer.leadEn ?? '',
        answer.scheme?.address ? `参考：${answer.scheme.address}` : '',
        ...answer.nearest.map(quoteAsText),
      ];
  }
}

function list(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [heading, ...lines.map((line) => `・${line}`)].join('\n');
}
