import { fieldOf, textOf } from '#components/evidence/json.ts';
import { readTypedAmount, type TypedAmount } from '#components/ui/amount-text.ts';
import { isReference } from '#components/ui/identifiers.ts';
import type { AssetView } from '#server/assets/contract.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';

/** What the company paid into a wallet, and by which payment. */
export interface Deposit {
  readonly asset: string;
  readonly amount: string;
  readonly reference: string;
  /** It stands as the member's already. */
  readonly credited: boolean;
}

export interface DepositProblems {
  readonly asset?: 'choose';
  readonly amount?: Extract<TypedAmount, { problem: string }>['problem'];
  readonly reference?: true;
}

/** What was typed, or what is wrong with each field. */
export function readDeposit(
  form: FormData,
  assets: readonly AssetView[],
): { readonly body: Deposit | null; readonly problems: DepositProblems } {
  const text = (name: string) => `${form.get(name) ?? ''}`.trim();
  const asset = assets.find((each) => each.asset === text('asset'));
  const amount = readTypedAmount(text('amount'), asset?.scale ?? LEDGER_SCALE);
  const reference = text('reference');
  const problems: DepositProblems = {
    ...(!asset && { asset: 'choose' }),
    ...('problem' in amount && { amount: amount.problem }),
    ...(!isReference(reference) && { reference: true }),
  };
  if (!asset || 'problem' in amount || problems.reference) return { problems, body: null };
  const credited = form.get('credited') === 'on';
  return { problems, body: { asset: asset.asset, amount: amount.text, reference, credited } };
}

/** What the first of two people proposed. */
export function depositIn(body: Json): Deposit | null {
  const [asset, amount, reference] = [textOf(body, 'asset'), textOf(body, 'amount'), textOf(body, 'reference')];
  return asset && amount && reference
    ? { asset, amount, reference, credited: fieldOf(body, 'credited') === true }
    : null;
}
