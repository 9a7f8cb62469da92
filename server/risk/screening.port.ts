/** What an outside service is told of a withdrawal: as much as it needs to know the address, and no more. */
export interface ScreeningOrder {
  readonly withdrawalId: string;
  readonly memberId: string;
  readonly asset: string;
  /** Decimal text. */
  readonly amount: string;
  readonly address: string;
}

export const SCREENING_VERDICTS = ['accept', 'hold', 'refuse'] as const;
export type ScreeningVerdict = (typeof SCREENING_VERDICTS)[number];
export type ScreeningState = ScreeningVerdict | 'pending';

/** Whatever is not a verdict is no verdict: it is asked again. */
export type ScreeningAnswer =
  | {
      readonly kind: 'verdict';
      readonly verdict: ScreeningVerdict;
      /** The service's own name for its answer. */
      readonly reference: string | null;
      readonly reason: string | null;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Never throws for what the service does; refuses inside a transaction. */
export type ScreeningService = (order: ScreeningOrder) => Promise<ScreeningAnswer>;
