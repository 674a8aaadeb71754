/** Texts for measuring: clauses of invented regulations, the same for the same number. */
const WHO = [
  '提供者',
  '利用者',
  '事業者',
  '担当室',
  '市区町村',
  '医療機関',
  '学校',
  '保育所',
  '税務署',
  '受託者',
];
const WHAT = [
  '申請書',
  '届出',
  '仕様書',
  '企画書',
  '試験結果',
  '同意書',
  '健診情報',
  '医療費通知',
  '薬剤情報',
  '就労証明書',
  '所得情報',
  '世帯情報',
  '資格情報',
  '電子証明書',
  '利用者証明',
  '領収書',
  '委任状',
  '接続環境',
  '監査記録',
  '障害報告',
];
const HOW = [
  'あらかじめ',
  '速やかに',
  '書面により',
  '電磁的方法により',
  '協議の上',
  '必要に応じて',
  '毎年度',
  '遅滞なく',
];
const DO = [
  '提出する',
  '通知する',
  '保存する',
  '廃棄する',
  '確認する',
  '承認する',
  '停止する',
  '変更する',
  '開示する',
  '公表する',
];

export function madeUpTexts(count: number, seed = 1): string[] {
  let state = seed;
  const pick = <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return from[(state >>> 8) % from.length] as T;
  };
  return Array.from({ length: count }, (_, index) => {
    const clause = () =>
      `${pick(WHO)}は、${pick(WHAT)}及び${pick(WHAT)}を${pick(HOW)}${pick(WHO)}に${pick(DO)}`;
    return `第${index + 1}号 ${clause()}ものとし、${clause()}ことができる。`;
  });
}
