import { textOf } from '#components/evidence/json.ts';
import { readTypedAmount, type TypedAmount } from '#components/ui/amount-text.ts';
import { isReference } from '#components/ui/identifiers.ts';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import type { LedgerTransactionView } from '#server/ledger/contract.ts';

/** How much of a credit is taken back, and under which name. */
export interface Reversal {
  readonly amount: string;
  readonly reference: string;
}

export interface ReverseProblems {
  readonly amount?: Extract<TypedAmount, { problem: string }>['problem'];
  readonly reference?: true;
}

export function readReversal(form: FormData): { readonly body: Reversal | null; readonly problems: ReverseProblems } {
  const amount = readTypedAmount(`${form.get('amount') ?? ''}`, LEDGER_SCALE);
  const reference = `${form.get('reference') ?? ''}`.trim();
  const problems: ReverseProblems = {
    ...('problem' in amount && { amount: amount.problem }),
    ...(!isReference(reference) && { reference: true }),
  };
  const isWrong = 'problem' in amount || problems.reference;
  return { problems, body: isWrong ? null : { amount: amount.text, reference } };
}

/** What the first of two people proposed. */
export function reversalIn({ body }: OpenDecisionView): Reversal | null {
  const amount = textOf(body, 'amount');
  const reference = textOf(body, 'reference');
  return amount && reference ? { amount, reference } : null;
}

/** A credit has one debit, of what was mined and given to nobody; what a member owed may have taken a part of it. */
export const creditedBy = ({ legs }: Pick<LedgerTransactionView, 'legs'>): string =>
  legs.find(({ amount }) => !amount.startsWith('-'))?.amount ?? '0';
