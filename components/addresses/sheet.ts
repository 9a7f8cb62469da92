import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { AllowListRow } from '#server/risk/contract.ts';

/** One sheet at a time. */
export type AddressSheet =
  | { readonly name: 'add' }
  | { readonly name: 'confirm' | 'take_back'; readonly proposal: OpenDecisionView }
  | { readonly name: 'remove'; readonly entry: AllowListRow };

/** `gone`: a colleague was quicker; what the list says now is what counts. */
export type AddressOutcome = 'proposed' | 'added' | 'removed' | 'taken_back' | 'gone';
