/** Everything the rooms of the stand-in share. Built once in start.ts. */
import type { Dispatcher } from './delivery/dispatcher.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import type { Workspace } from './workspace.ts';

export type Context = {
  workspace: Workspace;
  dispatcher: Dispatcher;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  rateLimits: RateLimits;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  origin: () => string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** Slack's old verification token: still in every payload, worth nothing. */
  verificationToken: string;
  /** Opens a Socket Mode connection: the URL for the client. */
  socketUrl: () => string;
};
