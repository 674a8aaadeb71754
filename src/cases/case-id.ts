/** 案件番号: K-00042. Numbers are given by the store, one after another within a workspace. */

export function caseId(number: number): string {
  return `K-${String(number).padStart(5, '0')}`;
}

/** Reads K-00042, k42, K－４２, #42, 42; null for anything else. */
export function readCaseId(typed: string): string | null {
  const match = /^[#＃]?(?:k[-‐‑–—−ー]?)?(\d{1,9})$/.exec(typed.normalize('NFKC').trim().toLowerCase());
  return match === null || Number(match[1]) === 0 ? null : caseId(Number(match[1]));
}
