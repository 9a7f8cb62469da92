import { fieldOf, textOf } from '#components/evidence/json.ts';
import { readTypedAmount, type TypedAmount } from '#components/ui/amount-text.ts';
import { isMemberId } from '#components/ui/identifiers.ts';
import type { AssetView } from '#server/assets/contract.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import { type Adjustment, accountsOf, isOfCompany, isOfMember, type NamedAccount } from './accounts.ts';

export interface AdjustmentProblems {
  readonly asset?: 'choose';
  readonly amount?: Extract<TypedAmount, { problem: string }>['problem'];
  readonly debit?: 'choose';
  readonly credit?: 'choose' | 'same';
  readonly memberId?: 'member';
}

export type ReadAdjustment =
  | { readonly problems: AdjustmentProblems; readonly body: null }
  | { readonly problems: AdjustmentProblems; readonly body: Adjustment };

/** What was typed, as the books take it, or what is wrong with each field. One member at most is concerned. */
export function readAdjustment(form: FormData, assets: readonly AssetView[]): ReadAdjustment {
  const text = (name: string) => `${form.get(name) ?? ''}`.trim();
  const asset = assets.find((each) => each.asset === text('asset'));
  const amount = readTypedAmount(text('amount'), LEDGER_SCALE);
  const memberId = text('memberId');
  const known = asset ? accountsOf(asset.chain) : [];
  const named = (side: 'debit' | 'credit') => known.find((each) => each === text(side));
  const [debit, credit] = [named('debit'), named('credit')];
  const ofMember = [debit, credit].some((account) => account && isOfMember(account));
  const problems: AdjustmentProblems = {
    ...(!asset && { asset: 'choose' }),
    ...('problem' in amount && { amount: amount.problem }),
    ...(!debit && { debit: 'choose' }),
    ...(!credit ? { credit: 'choose' } : credit === debit && { credit: 'same' }),
    ...(ofMember && !isMemberId(memberId) && { memberId: 'member' }),
  };
  if (!asset || 'problem' in amount || !debit || !credit || Object.keys(problems).length > 0)
    return { problems, body: null };
  const body = { asset: asset.asset, amount: amount.text };
  return { problems, body: { ...body, debit: accountIn(debit, memberId), credit: accountIn(credit, memberId) } };
}

const accountIn = (account: NamedAccount['account'], memberId: string): NamedAccount =>
  isOfMember(account) ? { of: 'member', account, memberId } : { of: 'company', account };

/** What the first of two people proposed; null where it is none of ours. */
export function adjustmentIn(body: Json): Adjustment | null {
  const [asset, amount] = [textOf(body, 'asset'), textOf(body, 'amount')];
  const [debit, credit] = [namedIn(fieldOf(body, 'debit')), namedIn(fieldOf(body, 'credit'))];
  return asset && amount && debit && credit ? { asset, amount, debit, credit } : null;
}

function namedIn(body: Json | null): NamedAccount | null {
  const account = textOf(body, 'account') ?? '';
  const memberId = textOf(body, 'memberId');
  if (isOfMember(account)) return memberId ? { of: 'member', account, memberId } : null;
  return isOfCompany(account) ? { of: 'company', account } : null;
}
