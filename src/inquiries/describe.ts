import { formatMoment } from '../calendar.ts';
import type { InquiryEvent } from './inquiry.ts';

/** One event in a sentence. The person is named before it by whoever shows it. */
export function describeInquiryEvent(event: InquiryEvent): string {
  return `${formatMoment(event.at)}　${wordsOf(event)}`;
}

function wordsOf(event: InquiryEvent): string {
  switch (event.kind) {
    case 'opened':
      return '担当に聞きました。';
    case 'taken':
      return event.from === null ? '担当になりました。' : '担当を引き継ぎました。';
    case 'handedBack':
      return '担当を戻しました。';
    case 'replied':
      return event.correction ? '回答を訂正しました。' : '回答しました。';
    case 'supplemented':
      return '補足しました。';
    case 'withdrawn':
      return '取り下げました。';
    case 'drafted':
      return `知識に加える案を書き出しました（${event.file}）。`;
  }
}
