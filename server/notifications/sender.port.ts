import type { Secret } from '#server/kernel/secret.ts';

/** What a try came to. A receiver that answers anything but a success has not got it. */
export type SendResult =
  | { readonly kind: 'delivered'; readonly httpStatus?: number | undefined; readonly durationMs: number }
  | {
      readonly kind: 'failed';
      /** A word or two for the delivery log, never an address or a secret. */
      readonly error: string;
      readonly httpStatus?: number | undefined;
      /** The receiver asked to be left alone for so long. */
      readonly retryAfterMs?: number | undefined;
      readonly durationMs: number;
    };

/** Text for people. */
export interface AlertMessage {
  readonly eventId: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Where in the console. */
  readonly link: string;
}

export interface WebhookMessage {
  readonly eventId: string;
  readonly url: string;
  /** The first one is the current one; during a rotation both sign. */
  readonly secrets: readonly Secret[];
  readonly body: string;
}

/** How messages leave. None of them throws for what a receiver does; all of them refuse inside a transaction. */
export interface Senders {
  /** Null where it is not configured. */
  readonly alerts: ((message: AlertMessage) => Promise<SendResult>) | null;
  readonly email: ((message: AlertMessage, to: readonly string[]) => Promise<SendResult>) | null;
  readonly webhook: (message: WebhookMessage) => Promise<SendResult>;
}
