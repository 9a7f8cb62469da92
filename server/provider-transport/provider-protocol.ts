import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import type { RefusedOrder } from './refusal-list.ts';
import type { Verdict } from './verdict.ts';

/** What differs between the vendors: the key's header, the shape around every reply and the list of refusals. */
export interface ProviderProtocol {
  readonly provider: ProviderName;
  readonly keyHeader: string;
  /** Null when the reply is not the vendor's envelope. */
  readEnvelope(reply: unknown): Envelope | null;
  /** The verdict on a listed refusal, null for any other text. */
  judgeRefusal(message: string, order: RefusedOrder): Verdict | null;
}

export type Envelope =
  | { readonly success: true }
  | {
      readonly success: false;
      readonly message: string | null;
      /** A refusal that names a reference contradicts itself: it may have run. */
      readonly namesReference: boolean;
    };
