import type { Json } from '#server/kernel/canonical-json.ts';
import type { EvidenceView } from '#server/resolution/contract.ts';
import { listOf, textOf } from './json.ts';

export type Attempt = EvidenceView['attempts'][number];

/** A row of the provider's list that this payment could be. */
export interface Candidate {
  /** What was kept of it: both people name it. */
  readonly evidenceId: string;
  readonly reference: string;
  readonly asset: string;
  readonly amount: string;
  readonly fee: string | null;
  readonly address: string | null;
  /** In the provider's own word. */
  readonly status: string;
  readonly madeAt: string | null;
}

/**
 * Each row once, as it was last seen, the oldest first. What was there before the payment was asked for is left out, and
 * what is another payment's.
 */
export function candidatesOf({ evidence, before, taken, asset, amount }: Attempt): readonly Candidate[] {
  const others = new Set([...listOf(before, 'references'), ...taken]);
  const rows = evidence
    .filter(({ kind }) => kind === 'history')
    .flatMap(({ id, body }) => rowsIn(body).flatMap((row) => toCandidate(row, id)))
    .filter((row) => !others.has(row.reference) && row.asset === asset && plain(row.amount) === plain(amount));
  const latest = new Map(rows.map((row) => [row.reference, row]));
  return [...latest.values()].toSorted((a, b) => (a.madeAt ?? '').localeCompare(b.madeAt ?? ''));
}

/** A reading of the whole list keeps the rows of the amount; a look at one payment keeps its row. */
const rowsIn = (body: Json): readonly Json[] => {
  const ofAmount = listOf(body, 'ofAmount');
  return ofAmount.length > 0 ? ofAmount : [body];
};

function toCandidate(row: Json, evidenceId: string): Candidate[] {
  const reference = textOf(row, 'reference');
  const asset = textOf(row, 'asset');
  const amount = textOf(row, 'amount');
  if (!reference || !asset || !amount) return [];
  return [
    {
      ...{ evidenceId, reference, asset, amount },
      fee: textOf(row, 'fee'),
      address: textOf(row, 'address'),
      status: textOf(row, 'rawStatus') ?? textOf(row, 'status') ?? '-',
      madeAt: textOf(row, 'createdAt'),
    },
  ];
}

/** The provider may write zeros at the end. */
const plain = (amount: string): string => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount);

/** The attempt that people decide about: the one nobody knows of, or the last. */
export const attemptInDoubt = (attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.find(({ status }) => status === 'unknown') ?? attempts.at(-1);
