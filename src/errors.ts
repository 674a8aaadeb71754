/** What should not happen, with a stable code for logs and support. Expected refusals are values, not errors. */
export type ErrorCode =
  | 'knowledge-invalid'
  | 'terms-altered'
  | 'settings-invalid'
  | 'dictionary-missing'
  | 'provision-missing'
  | 'input-invalid';

export class GuideError extends Error {
  readonly code: ErrorCode;

  /** `problems`: one line each: value, place, what was expected, in the reader's language. */
  constructor(code: ErrorCode, problems: readonly string[], options?: { cause?: unknown }) {
    super(problems.join('\n'), options);
    this.name = 'GuideError';
    this.code = code;
  }
}
