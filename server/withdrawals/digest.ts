import { createHash } from 'node:crypto';
import { Amount } from '#server/kernel/amount.ts';
import { canonicalJson } from '#server/kernel/canonical-json.ts';

/** What an approval is bound to. */
export interface Approvable {
  readonly id: string;
  readonly revision: number;
  readonly kind: string;
  readonly memberId: string;
  readonly walletId?: string | null;
  readonly asset: string;
  readonly amount: string;
  readonly destinationAddress: string;
  readonly destinationType: string;
  readonly policyVersion: string;
}

/**
 * SHA-256 in hex of the canonical JSON of what an approver is shown. The click sends it back, and the worker computes it
 * again before the fence: what was approved is what is sent.
 */
export function withdrawalDigest(withdrawal: Approvable): string {
  const shown = canonicalJson({
    id: withdrawal.id,
    revision: withdrawal.revision,
    kind: withdrawal.kind,
    memberId: withdrawal.memberId,
    walletId: withdrawal.walletId ?? null,
    asset: withdrawal.asset,
    amount: Amount.fromDecimal(withdrawal.asset, withdrawal.amount).toString(),
    destination: { address: withdrawal.destinationAddress, type: withdrawal.destinationType },
    policyVersion: withdrawal.policyVersion,
  });
  return createHash('sha256').update(shown).digest('hex');
}
