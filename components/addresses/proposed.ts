import { textOf } from '#components/evidence/json.ts';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';

/** What the first of two people wants listed. */
export interface Proposed {
  readonly asset: string;
  readonly address: string;
  readonly label: string;
}

export function proposedIn({ body }: OpenDecisionView): Proposed | null {
  const asset = textOf(body, 'asset');
  const address = textOf(body, 'address');
  const label = textOf(body, 'label');
  return asset && address && label ? { asset, address, label } : null;
}
