/**
 * A refusal in Slack's own words: `code` is what the Web API answers in `error`
 * (`invalid_blocks`, `channel_not_found`, …); `messages` become `response_metadata.messages`.
 */
export class SlackError extends Error {
  readonly code: string;
  readonly messages: string[];
  readonly extra: Record<string, unknown>;

  constructor(code: string, messages: string[] = [], extra: Record<string, unknown> = {}) {
    super(messages.length > 0 ? `${code}: ${messages.join('; ')}` : code);
    this.name = 'SlackError';
    this.code = code;
    this.messages = messages;
    this.extra = extra;
  }
}

/** Too many calls: HTTP 429 with `Retry-After` in whole seconds. */
export class RateLimited extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(`ratelimited: retry after ${retryAfter} s`);
    this.name = 'RateLimited';
    this.retryAfter = retryAfter;
  }
}

/** A person tried what the screen does not offer. The message is Japanese and is shown on the page. */
export class NotOnScreen extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotOnScreen';
  }
}

/** The app did not answer in time, or answered nonsense. The message is Japanese and is shown on the page. */
export class AppFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AppFailed';
  }
}
