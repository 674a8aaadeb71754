import { describe, expect, it } from 'vitest';
import type { Flow } from '../../src/conversations/flow.ts';
import { flowAsked, readMessage } from '../../src/conversations/read-message.ts';
import { type ConversationEvent, replay } from '../../src/conversations/replay.ts';
import { facts, flowNamed, flows, knowledge } from './held.ts';
import { answered } from './paths.ts';

const whichSteps = flowNamed('which-steps');
const apis = (rows: number[]) => answered('apis', { kind: 'apis', rows, absent: [] });
const said = (text: string, events: ConversationEvent[] = [], flow: Flow = whichSteps) =>
  readMessage(text, replay(flow, facts, events), knowledge);
const rowsSaid = (text: string) => {
  const meant = said(text);
  return meant?.kind === 'event' && meant.event.kind === 'answered' && meant.event.response.kind === 'apis'
    ? meant.event.response
    : null;
};

describe('a message where APIs are asked for', () => {
  it.each([
    ['4と10', [4, 10]],
    ['項番４、項番１０', [4, 10]],
    ['4, 10です。', [4, 10]],
    ['SSO、医療費API', [1, 7]],
    ['自己情報取得を使います', [4]],
    ['16', [16]],
  ])('%s names them', (text, rows) => {
    expect(rowsSaid(text)).toEqual({ kind: 'apis', rows, absent: [] });
  });

  it('names an absent one too, as typed', () => {
    expect(rowsSaid('4とPMH')).toEqual({ kind: 'apis', rows: [4], absent: ['PMH'] });
  });

  it.each([
    '手数料はかかりますか',
    '10番は何ができるの？',
    '18',
    '民送',
    '第16条',
    'よろしくお願いします',
    '',
  ])('%j is a side question or talk', (text) => {
    expect(said(text)).toBeNull();
  });
});

describe('a message where an option is asked for', () => {
  it.each(['1', '１番', '必要があると認める', '「必要があると認める」。'])('%s chooses the first', (text) => {
    expect(said(text, [apis([4])])).toEqual({
      kind: 'event',
      event: answered('production-test', { kind: 'choice', option: 'needed' }),
    });
  });

  it.each(['4', '0', '本番試験は何日前まで？'])('%s chooses none', (text) => {
    expect(said(text, [apis([4])])).toBeNull();
  });
});

describe('orders', () => {
  it.each(['戻る', 'もどる', '訂正', '前へ'])('%s goes back', (text) => {
    expect(said(text, [apis([4])])).toEqual({ kind: 'event', event: { kind: 'revisited', step: 'apis' } });
    expect(said(text)).toBeNull();
  });

  it.each(['はじめから', 'やり直す', '最初から'])('%s starts again, in every state', (text) => {
    const restart = { kind: 'event', event: { kind: 'restarted' } };
    for (const events of [[], [apis([4])], [apis([10])], [{ kind: 'cancelled' } as const]])
      expect(said(text, events)).toEqual(restart);
  });

  it.each(['やめる', 'キャンセル', '取りやめる'])('%s cancels an open question, and nothing else', (text) => {
    expect(said(text, [apis([4])])).toEqual({ kind: 'event', event: { kind: 'cancelled' } });
    expect(said(text, [apis([10])])).toBeNull();
  });

  it('a wish is taken as it is written', () => {
    const meant = said('薬の記録を見せられますか？', [], flowNamed('find-api'));
    expect(meant).toEqual({
      kind: 'event',
      event: answered('wish', { kind: 'text', text: '薬の記録を見せられますか？' }),
    });
  });
});

describe('a comparison after a plan', () => {
  const plan = [apis([4, 10]), answered('production-test', { kind: 'choice', option: 'undecided' })];
  it.each([
    ['10を外すと何が変わる？', [4]],
    ['項番10をやめたら？', [4]],
    ['就労証明書を除いたらどうなる', [4]],
    ['16を加えると？', [4, 10, 16]],
    ['SSOも足したら', [4, 10, 1]],
  ])('%s', (text, rows) => {
    expect(said(text, plan)).toEqual({ kind: 'compare', rows });
  });

  it.each(['事前打合せを外すと？', '10は何ができる？', '4と10を外すと？', '第9条の届出は？'])(
    '%s is none',
    (text) => {
      expect(said(text, plan)).toBeNull();
    },
  );
});

describe('the flow a message asks for', () => {
  it.each(flows.map((flow) => [flow.title, flow.id] as const))('%s', (title, id) => {
    const asked = flowAsked(title, flows);
    expect(asked !== 'menu' && asked?.id).toBe(id);
  });

  it.each(['手続の案内', '手続きの案内をはじめる', '案内'])('%s is the menu', (text) => {
    expect(flowAsked(text, flows)).toBe('menu');
  });

  it.each(['手続を教えて', '必要な手続は何ですか', '第3条第2項', ''])('%j is none', (text) => {
    expect(flowAsked(text, flows)).toBeNull();
  });
});
