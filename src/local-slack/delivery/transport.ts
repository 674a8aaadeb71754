/** One way to hand something to the app: Socket Mode or signed HTTP. */
export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';
export type Payload = Record<string, unknown>;
export type Retry = { attempt: number; reason: string };

export type Transport = {
  /** True when the app could receive something now. */
  isReady(): boolean;
  /** Called each time the app becomes reachable. */
  onReady(listener: () => void): void;
  /** Resolves with the body of the acknowledgement (undefined when empty); rejects with DeliveryFailed. */
  send(type: EnvelopeType, payload: Payload, retry: Retry | undefined): Promise<unknown>;
  stop(): Promise<void>;
};

/** `reason` is Slack's retry reason; `final` means do not try again (X-Slack-No-Retry). */
export class DeliveryFailed extends Error {
  readonly reason: string;
  readonly final: boolean;

  constructor(reason: string, final = false) {
    super(`delivery failed: ${reason}`);
    this.name = 'DeliveryFailed';
    this.reason = reason;
    this.final = final;
  }
}
