/** Names that are names of APIs only because they stand in a list of such. */
import { foldText } from './question.ts';

/** Whether one of the words stands in a list, or before 「と」 and one of the sure names. */
export function isListed(text: string, words: readonly string[], sure: () => readonly string[]): boolean {
  return words.some((word) => {
    const around = splitAround(text, foldText(word));
    if (around === null) return false;
    const { before, after } = around;
    const [mark, and] = BESIDE.exec(after) ?? [];
    return (
      /[・、,&+]$/u.test(before) ||
      (mark !== undefined && and === undefined) ||
      (and !== undefined && sure().some((name) => after.startsWith(name, mark?.length)))
    );
  });
}

/** Whether a word stands in a list right before or behind one of the names. */
export function standsBeside(text: string, word: string, names: () => readonly string[]): boolean {
  const around = splitAround(text, word);
  if (around === null) return false;
  const { before, after } = around;
  const [left, right] = [MARK_BEFORE.exec(before), MARK_BEHIND.exec(after)];
  return (
    (left !== null && names().some((name) => before.slice(0, left.index).endsWith(name))) ||
    (right !== null && names().some((name) => after.startsWith(name, right[0].length)))
  );
}

const BESIDE = /^(?:api|情報)?(?:[・,&+]|(と|や|及び))/u;

function splitAround(text: string, word: string): { readonly before: string; readonly after: string } | null {
  const at = text.indexOf(word);
  return at < 0 ? null : { before: text.slice(0, at), after: text.slice(at + word.length) };
}

const MARK = '(?:api|情報|の(?:やつ|方|ほう|api))?(?:[・、,&+と]|や|及び)';
const MARK_BEFORE = new RegExp(`${MARK}$`, 'u');
const MARK_BEHIND = new RegExp(`^${MARK}`, 'u');
