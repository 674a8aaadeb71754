/** Short sentences to a person. Nothing a person wrote goes into them; a user id only by its own form. */

/** Something went wrong on our side. The reference number finds the cause in the log. */
export function troubleText(reference: string): string {
  return `申し訳ありません。処理中に問題が起きました。お手数ですが、もう一度お試しください。続くときは受付番号 ${reference} を管理者にお伝えください。`;
}

export const FEEDBACK_TEXT = {
  helpful: 'ご意見を記録しました：役に立った。ありがとうございます。',
  wrong: 'ご意見を記録しました：違う。言い方を変えるか、条番号でもう一度お尋ねください。',
} as const;
export const ALREADY_SHARED_TEXT = 'この回答はすでに共有されています。';
export const SHARED_TEXT = 'チャンネルに共有しました。';
export const NOT_YOURS_TEXT = 'この回答を共有できるのは、質問した人だけです。';
export const ANSWER_GONE_TEXT = 'この回答の記録が見つかりません。もう一度質問してください。';
export const PROVISION_GONE_TEXT = 'この条文は、いまの版の利用規約にはありません。もう一度質問してください。';
export const EMPTY_MESSAGE_TEXT =
  'このメッセージには読み取れる文章がありません。質問の文が書かれたメッセージで試してください。';

export const FASTER_TEXT =
  '先に別の答えが記録されたため、いまの操作は記録していません。最新の状態を表示しています。';
export const CARD_MOVED_TEXT = '案内の続きは、下の新しいカードにあります。';
export const CONVERSATION_GONE_TEXT = 'この案内の記録が見つかりません。/tetsuzuki からはじめてください。';
export const NOT_YOUR_CONVERSATION_TEXT = 'この案内を進められるのは、はじめた人だけです。';
export const CANNOT_POST_TEXT =
  'このチャンネルには投稿できません。チャンネルに @規約ガイド を招待してから、もう一度お試しください。';
export const MOVED_TEXT = 'チャンネルに投稿しました。続きはそのスレッドで、だれでも進められます。';
export const SAVED_TEXT = '文書を保存しました。';
export const NO_RESULT_TEXT = '答えが変わったため、いまは結果がありません。案内を続けてください。';
