import type { RespondFn, webApi } from '@slack/bolt';
import type { Answer } from '../answers/answer.ts';
import type { Reply } from '../answers/answerer.ts';
import type { Turn } from '../answers/follow-up.ts';
import type { Trace } from '../answers/reasons.ts';
import type { AnswerStore } from '../store/answer-store.ts';
import type { FeedbackStore } from '../store/feedback-store.ts';
import type { ResponseStore } from '../store/response-store.ts';
import type { Terms } from '../terms/model.ts';
import type { CaseDesk } from './case-desk.ts';
import type { DeliveryContext } from './durable-receiver.ts';
import type { Guiding } from './guiding.ts';
import type { InquiryDesk } from './inquiry-desk.ts';
import type { MissingDesk } from './missing-desk.ts';
import type { PostQueue } from './post-queue.ts';
import type { Reminding } from './reminders/reminding.ts';
import type { ArticlePage } from './views/article-pages.ts';
import type { ShownVersion } from './views/version-line.ts';

/** What the Slack edge needs of the answers; `createAnswerer` gives it. */
export interface Answering {
  /** `earlier`: the same thread or direct message, oldest first. */
  answer(typed: string, earlier?: readonly Turn[]): Reply;
  /** Of a canonical citation that this version has. */
  provision(label: string): Answer;
  /** Why the same question is answered as it is. */
  explain(typed: string, earlier?: readonly Turn[]): Trace;
}

/** Everything the listeners work with; fixed once at start. */
export interface Edge {
  readonly answering: Answering;
  readonly terms: Terms;
  readonly pages: readonly ArticlePage[];
  readonly version: ShownVersion;
  readonly answers: AnswerStore;
  readonly feedback: FeedbackStore;
  readonly conversations: ResponseStore;
  readonly guiding: Guiding;
  readonly desk: CaseDesk;
  readonly inquiries: InquiryDesk;
  readonly missing: MissingDesk;
  readonly reminding: Reminding;
  readonly posts: Pick<PostQueue, 'post'>;
  /** The app was uninstalled or its token revoked: nothing is said any more. */
  readonly silence: (reason: string) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** One delivery on its way through a listener. */
export interface Call extends DeliveryContext {
  /** For calls a person waits for; it neither retries nor waits. */
  readonly client: webApi.WebClient;
  /** Writes to the response_url; refuses where the payload has none. */
  readonly respond: RespondFn;
}
