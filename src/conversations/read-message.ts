/** What a message in the thread of a conversation says to it; everything else is a side question. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type NamedApi, readApiName } from './api-names.ts';
import type { Flow } from './flow.ts';
import { apisIn } from './record.ts';
import { type ConversationEvent, type Position, previousStep } from './replay.ts';

export type Said =
  | { readonly kind: 'event'; readonly event: ConversationEvent }
  /** 「10を外すと何が変わる？」 after a plan: the APIs of the other choice. */
  | { readonly kind: 'compare'; readonly rows: readonly number[] };

type Apis = Pick<Knowledge, 'apis' | 'neighbours'>;

const BACK = /^(戻る|もどる|前へ|前に戻る|一つ戻る|訂正|訂正する|直す|やり直したい|back)$/;
const RESTART = /^(はじめから|初めから|最初から|やり直す|やりなおす|リセット|restart)$/;
const CANCEL = /^(やめる|取りやめる|取りやめ|取り消す|キャンセル|中止|終了する|cancel)$/;
const TAKE_OUT = /(外|除|抜|やめ|なし|無し|なく)/;
const PUT_IN = /(加え|足|追加|増や)/;

/** Null when the message is no answer, no order and no comparison. */
export function readMessage(text: string, position: Position, apis: Apis): Said | null {
  const bare = fold(text);
  if (RESTART.test(bare)) return { kind: 'event', event: { kind: 'restarted' } };
  if (position.kind === 'cancelled') return null;
  if (CANCEL.test(bare) && position.kind === 'question')
    return { kind: 'event', event: { kind: 'cancelled' } };
  if (BACK.test(bare)) {
    const step = previousStep(position);
    return step === null ? null : { kind: 'event', event: { kind: 'revisited', step } };
  }
  return position.kind === 'question'
    ? readAnswer(text, position, apis)
    : readComparison(text, position, apis);
}

/** 「必要な手続を調べる」: the flow a message asks to begin; `menu` when it asks for the conversations at large. */
export function flowAsked(text: string, flows: readonly Flow[]): Flow | 'menu' | null {
  const bare = fold(text).replace(/(を)?(はじめる|始める|開始|して|したい|ください)+$/u, '');
  if (/^(手続の?案内|手続きの?案内|案内|ガイド)$/.test(bare)) return 'menu';
  return flows.find(({ title }) => fold(title) === bare || fold(title) === fold(text)) ?? null;
}

/** True for words about stopping, ending or changing, by the turns of phrase the answers know them by. */
export function isAboutChange(text: string, { phrasing }: Pick<Knowledge, 'phrasing'>): boolean {
  const { office_stops, provider_stops } = phrasing.voice;
  const steps = phrasing.steps.filter(({ step }) => step === '変更申請' || step === '停止再開終了届出');
  const known = [...office_stops, ...provider_stops, ...steps.flatMap(({ words }) => words)];
  const bare = fold(text);
  return known.some((word) => bare.includes(fold(word)));
}

/** The names in a list 「4と10」「SSO、医療費」; null when one of them is no API. */
export function readApiList(text: string, apis: Apis): NamedApi[] | null {
  const parts = text
    .normalize('NFKC')
    .replace(/(を使う|を使います|です|にします|で|をお願いします)?[。!]?\s*$/u, '')
    .split(/[,、・\s/&+]+|と|及び|および/u)
    .filter((part) => part !== '');
  const named = parts.map((part) => readApiName(apis, part));
  const known = named.every((one) => one.kind === 'row' || (one.kind === 'absent' && one.statement !== null));
  return named.length > 0 && known ? named : null;
}

function readAnswer(
  text: string,
  { step }: Extract<Position, { kind: 'question' }>,
  apis: Apis,
): Said | null {
  switch (step.kind) {
    case 'text':
      return {
        kind: 'event',
        event: { kind: 'answered', step: step.id, response: { kind: 'text', text: text.trim() } },
      };
    case 'choice': {
      const bare = fold(text);
      const number = /^([1-9]\d?)番?$/.exec(bare)?.[1];
      const option =
        step.options[Number(number ?? 0) - 1] ?? step.options.find(({ label }) => fold(label) === bare);
      if (option === undefined) return null;
      return {
        kind: 'event',
        event: { kind: 'answered', step: step.id, response: { kind: 'choice', option: option.id } },
      };
    }
    case 'apis': {
      const named = readApiList(text, apis);
      if (named === null) return null;
      const rows = named.flatMap((one) => (one.kind === 'row' ? [one.row] : []));
      const absent = named.flatMap((one) => (one.kind === 'absent' ? [one.name] : []));
      const response = { kind: 'apis', rows: [...new Set(rows)], absent } as const;
      return { kind: 'event', event: { kind: 'answered', step: step.id, response } };
    }
  }
}

/** Only where a plan stands, and only when the APIs named can be taken out or put in. */
function readComparison(text: string, position: Position, apis: Apis): Said | null {
  if (position.kind !== 'outcome' || position.outcome.shows !== 'plan') return null;
  const { rows } = apisIn(position.path, position.outcome.apis);
  const match = /^(.+?)(だけ)?(を|が|は|も|なし|無し)/u.exec(text.normalize('NFKC').trim());
  const named = match === null ? null : readApiList(match[1] ?? '', apis);
  const chosen = (named ?? []).flatMap((one) => (one.kind === 'row' ? [one.row] : []));
  if (chosen.length === 0) return null;
  const others = PUT_IN.test(text)
    ? [...rows, ...chosen]
    : TAKE_OUT.test(text)
      ? rows.filter((row) => !chosen.includes(row))
      : [];
  return others.length === 0 ? null : { kind: 'compare', rows: [...new Set(others)] };
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s。、!?「」]/gu, '');
}
