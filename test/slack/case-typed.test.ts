/** Everything staff do with a case, typed behind /anken; and that every command has a way to be given at all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMAND_KINDS } from '../../src/cases/command.ts';
import { PERSON_KEYS } from '../../src/cases/event.ts';
import type { Person } from '../../src/local-slack/person.ts';
import { readTyped, VERBS } from '../../src/slack/typed-case.ts';
import { CASE_FORMS, type FormName } from '../../src/slack/views/case-forms.ts';
import { TODAY } from '../support/case-rules.ts';
import { guiding } from '../support/guiding.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';

/** Given by the message shortcut and by what happens to a message in Slack. */
const BY_MESSAGE = ['linkMessage', 'recordMessageEdit', 'recordMessageDeletion'];
const FORMS = Object.keys(CASE_FORMS) as FormName[];

describe('the surface', () => {
  const context = {
    record: null,
    me: 'USTAFF1',
    today: TODAY,
    apiNames: new Map(),
    prefilled: { rows: [], typed: [] },
    termsVersion: 'newer',
    wording: (key: string) => guiding.quoter.quoteKey(key).text,
  };
  const given = (name: FormName) =>
    CASE_FORMS[name].command({ one: () => '1', many: () => [] }, context).kind as string;

  test.each(COMMAND_KINDS)('has a way to give the command %s', (kind) => {
    expect([...FORMS.map(given), ...BY_MESSAGE]).toContain(kind);
  });

  test.each(FORMS.filter((name) => CASE_FORMS[name].standing === 'staff'))(
    'has a word behind /anken for the form %s',
    (name) => {
      const forms = VERBS.flatMap(({ form }) => (typeof form === 'string' ? [form] : []));
      expect(forms).toContain(name);
    },
  );

  test('no word means two things', () => {
    const words = VERBS.flatMap((verb) => verb.words);
    expect(new Set(words).size).toBe(words.length);
    expect(PERSON_KEYS.size).toBeGreaterThan(0);
  });

  test.each([
    ['担当 K-12 <@U0STAFF01|nagi>', { owner: 'U0STAFF01' }],
    ['担当　Ｋ－１２　自分', { owner: 'ME' }],
    ['担当 12 なし', { owner: '' }],
    [
      '期限 K-00012 接続確認環境試験 来週の金曜',
      { subject: '接続確認環境試験', on: '来週の金曜', label: '社内目標', source: '' },
    ],
    [
      '期限 K-00012 利用申込 2027-04-01 窓口の指示 佐藤 様',
      { subject: '利用申込', on: '2027-04-01', label: '窓口の指示', source: '佐藤 様' },
    ],
    ['期限 K-12 案件全体 4/1 規約 第9条', { subject: '案件全体', on: '4/1', label: '規約', source: '第9条' }],
    ['進める K-12 事前打合せ 完了', { step: '事前打合せ', to: '完了', reason: '' }],
    ['進める K-12 企画書', { step: '企画書添付' }],
    [
      '差し戻す K-12 事前打合せ 資料の A &lt;B&gt; がない',
      { step: '事前打合せ', reason: '資料の A <B> がない' },
    ],
    ['メモ K-12 一行目\n二行目', { audience: 'staff', text: '一行目\n二行目' }],
    ['チャンネル K-12 ここ', { channel: 'CHERE' }],
    ['閉じる K-12 完了 済みました', { outcome: '完了', reason: '済みました' }],
  ])('reads %s', (text, inputs) => {
    const typed = readTyped(text);
    if (typed?.kind !== 'command') throw new Error('not read');
    expect(typed.id).toBe('K-00012');
    expect(typed.verb.fill?.(typed.rest, { person: 'ME', channel: 'CHERE' })).toEqual({ inputs });
  });

  test.each([
    ['進める K-12 環境試験 完了', '接続確認環境試験、本番環境試験'],
    ['進める K-12 なぞの手順 完了', '「なぞの手順」がどれか分かりません'],
    ['進める K-12 利用申込 ばっちり', '「ばっちり」は状態として読めません'],
    ['担当 K-12 @佐藤', '「@佐藤」がだれか分かりません'],
    ['待ち K-12 利用申込 客', '「客」は読めません'],
    ['回答 K-12 一番 はい', '番号として読めません'],
  ])('says of %s what it does not understand', (text, problem) => {
    const typed = readTyped(text);
    if (typed?.kind !== 'command') throw new Error('not read');
    expect(typed.verb.fill?.(typed.rest, { person: 'ME', channel: 'CHERE' })).toEqual({
      problem: expect.stringContaining(problem),
    });
  });
});

describe('in Slack', () => {
  let scene: Scene;
  let staff: Person;

  beforeAll(async () => {
    scene = await startScene();
    staff = scene.slack.as(ids.staff);
    await anken('新規');
    const form = await staff.waitForModal('会社名');
    await staff.submit(form, { company: '甲社', rows: ['4'], primary: ids.provider });
    await staff.waitForModal('案件を登録しました');
    await closeAll();
  });
  afterAll(async () => {
    await scene.stop();
    expect(
      scene.log.filter(({ level }) => level === 'error').map((one) => String(one.cause).slice(0, 1500)),
    ).toEqual([]);
  });

  const anken = (text: string) => staff.command('/anken', text, ids.channel);
  const version = async () =>
    (await scene.db.selectFrom('cases').select('version').where('id', '=', 'K-00001').executeTakeFirst())
      ?.version;

  async function closeAll(): Promise<void> {
    for (let view = await staff.modal(); view !== undefined; view = await staff.modal()) {
      await staff.close(view);
    }
  }

  test.each([
    ['進める K-00001 事前打合せ 提出済', '未着手から提出済にしました'],
    ['差し戻す K-00001 事前打合せ 資料の二枚目がありません', '理由：資料の二枚目がありません'],
    ['担当 K-00001 @白井 なぎ（見本の担当室）', '担当者を'],
    ['期限 K-00001 接続確認環境試験 R9.4.1', '「R9.4.1」を2027年4月1日（木）と読みました。'],
    ['期限 K-00001 接続確認環境試験 2027-05-06 窓口の指示 佐藤', '（前は2027年4月1日（木））'],
    ['メモ K-00001 内輪の話', '職員用のメモを書きました'],
    ['共有メモ K-00001 午後に電話します', '共有のメモを書きました'],
    ['待ち K-00001 利用申込 担当室', '「利用申込」を担当室待ちにしました'],
    ['メンバー K-00001 @緑川 そうた（架空ヘルス）', 'メンバーに加えました'],
    ['日付を消す K-00001 接続確認環境試験', '消しました'],
    ['閉じる K-00001 取下げ 見合わせ', '案件を「取下げ」として閉じました'],
    ['開き直す K-00001 再開のため', '案件を開き直しました'],
  ])('/anken %s is done at once, and said to whoever typed it', async (text, said) => {
    const before = (await version()) ?? 0;
    await anken(text);
    const told = await staff.waitFor(ids.channel, said);
    expect(told.ephemeral).toBe(true);
    expect(await version()).toBeGreaterThan(before);
  });

  test.each([
    ['期限 K-00001 利用申込 2/30', '2月は28日までです'],
    ['期限 K-00001 利用申込 明日 規約 第5条', '第5条に期日の定めはありません'],
    ['担当 K-00001 @青葉 かのん（架空ヘルス）', '担当室の職員ではない'],
    ['進める K-00001 利用申込 提出済', '企画書の承認がまだ記録されていません。（第6条）'],
    ['進める K-00099 利用申込 提出済', 'その案件は見つかりません'],
    ['進める', '案件番号を続けて書いてください'],
    ['再開の K-1', 'で見つかった案件（0件）'],
  ])('/anken %s changes nothing and says why', async (text, said) => {
    const before = await version();
    await anken(text);
    if (said.startsWith('で見つかった')) await staff.waitForModal(said);
    else expect((await staff.waitFor(ids.channel, said)).ephemeral).toBe(true);
    expect(await version()).toBe(before);
    await closeAll();
  });

  test('a number alone opens the form, and what was typed but is not enough stands in it', async () => {
    await anken('進める K-00001');
    await staff.waitForModal('次の状態');
    await closeAll();
    await anken('進める K-00001 企画書');
    const form = await staff.waitForModal('次の状態');
    expect(await staff.submit(form, { to: '準備中' })).toEqual({});
    await staff.waitForModal('「企画書添付」を未着手から準備中にしました');
    await closeAll();
    await anken('解除 K-00001');
    await staff.waitFor(ids.channel, 'いまこの操作はできません');
  });

  test('what was refused can be put right in the form', async () => {
    await anken('期限 K-00001 利用申込 2/30');
    const told = await staff.waitFor(ids.channel, /記録していません.*2\/30/);
    await staff.click(told, '入力画面を開く（期限）');
    await staff.waitForModal('何に基づくか');
    await closeAll();
  });

  test('what is held about a person is sent to staff as a file, and erased once that was confirmed by hand', async () => {
    await anken('個人');
    const form = await staff.waitForModal('このアプリが一人について持っている情報');
    expect(await staff.submit(form, { person: ids.provider, act: 'export' })).toEqual({});
    await staff.waitForModal('書き出して、アプリとのダイレクトメッセージに送りました');
    await staff.waitFor('app', '個人の情報の書き出しです');
    await closeAll();
    await anken('個人');
    const again = await staff.waitForModal('このアプリが一人について持っている情報');
    const unconfirmed = await staff.submit(again, { person: ids.provider, act: 'erase' });
    expect(unconfirmed.confirm).toContain('何も消していません');
    expect(await staff.submit(again, { confirm: '消去する' })).toEqual({});
    await staff.waitForModal('消去しました');
    await closeAll();
    await anken('K-00001');
    await staff.waitForModal('（削除された人）');
    await closeAll();
    const acts = await scene.db.selectFrom('privacy_acts').select('act').orderBy('at').execute();
    expect(acts.map(({ act }) => act)).toEqual(['exported', 'erased']);
  });
});
