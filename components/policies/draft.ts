import { readTypedAmount } from '#components/ui/amount-text.ts';
import type { AssetView } from '#server/assets/contract.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import { type PolicyRulesView, policyRules } from '#server/policies/contract.ts';
import { APPROVER_GROUPS, type ApproverGroup } from '#server/policies/statuses.ts';

/** A tier as it is typed: everything is text until it has been read. */
export interface DraftTier {
  /** Names the tier while others come and go. */
  readonly key: string;
  readonly people: string;
  readonly join: 'all' | 'any';
  readonly groups: Readonly<Record<ApproverGroup, string>>;
  /** A line for each asset: its symbol or its code, and the amount. */
  readonly amounts: string;
  readonly value: string;
}

export interface Draft {
  readonly tiers: readonly DraftTier[];
  readonly hours: string;
  readonly minutes: string;
}

export type DraftProblem =
  | { readonly problem: 'number' | 'amounts' | 'value' | 'order' }
  | { readonly problem: 'asset'; readonly asset: string };

/** What an amount may be of, as the registry spells it. */
type KnownAssets = readonly Pick<AssetView, 'asset' | 'symbol'>[];

export function draftOf(rules: PolicyRulesView, known: KnownAssets): Draft {
  return {
    tiers: rules.tiers.map((tier, index) => ({
      ...{ key: `kept-${index}`, people: `${tier.approvals}`, join: tier.groups.join },
      groups: { finance: atLeast(tier, 'finance'), admin: atLeast(tier, 'admin') },
      amounts: tier.from.amounts.map(({ asset, amount }) => `${nameOf(asset, known)} ${amount}`).join('\n'),
      value: tier.from.value ?? '',
    })),
    hours: `${rules.expiresAfterHours}`,
    minutes: `${rules.cancelWindowMinutes}`,
  };
}

export const emptyTier = (key: string): DraftTier => ({
  ...{ key, people: '2', join: 'all', amounts: '', value: '' },
  groups: { finance: '0', admin: '0' },
});

/** The rules that were typed, or the first thing that cannot be read. */
export function readDraft(
  { tiers, hours, minutes }: Draft,
  known: KnownAssets,
): { readonly rules: PolicyRulesView } | DraftProblem {
  const numbers = tiers.flatMap(({ people, groups }) => [people, groups.finance, groups.admin]);
  if (![...numbers, hours, minutes].every((text) => /^\d{1,4}$/.test(text.trim()))) return { problem: 'number' };
  const amounts = tiers.map((tier) => amountsIn(tier.amounts, known));
  if (amounts.includes(null)) return { problem: 'amounts' };
  const foreign = amounts.flat().find((each) => each && !known.some(({ asset }) => asset === each.asset));
  if (foreign) return { problem: 'asset', asset: foreign.asset };
  const values = tiers.map(({ value }) => (value.trim() === '' ? null : readTypedAmount(value, LEDGER_SCALE)));
  if (values.some((value) => value !== null && 'problem' in value)) return { problem: 'value' };
  const read = policyRules.safeParse({
    tiers: tiers.map((tier, index) => {
      const value = values[index];
      return {
        approvals: whole(tier.people),
        groups: { join: tier.join, of: groupsIn(tier) },
        from: { amounts: amounts[index] ?? [], value: value && 'text' in value ? value.text : null },
      };
    }),
    expiresAfterHours: whole(hours),
    cancelWindowMinutes: whole(minutes),
  });
  return read.success ? { rules: read.data } : { problem: 'order' };
}

const whole = (text: string): number => Number.parseInt(text.trim(), 10);

const atLeast = ({ groups }: PolicyRulesView['tiers'][number], group: ApproverGroup): string =>
  `${groups.of.find((each) => each.group === group)?.atLeast ?? 0}`;

const groupsIn = ({ groups }: DraftTier) =>
  APPROVER_GROUPS.map((group) => ({ group, atLeast: whole(groups[group]) })).filter((each) => each.atLeast > 0);

/** Its code, or the symbol that only one asset has: tokens of two contracts may call themselves alike. */
function spelt(typed: string, known: KnownAssets): string {
  const isTyped = (text: string) => text.toLowerCase() === typed.toLowerCase();
  const coded = known.find(({ asset }) => isTyped(asset));
  const [called, ...others] = known.filter(({ symbol }) => isTyped(symbol));
  return coded?.asset ?? (others.length === 0 ? called?.asset : undefined) ?? typed;
}

/** The symbol where it is read back as this very asset. */
function nameOf(asset: string, known: KnownAssets): string {
  const symbol = known.find((each) => each.asset === asset)?.symbol;
  return symbol !== undefined && spelt(symbol, known) === asset ? symbol : asset;
}

/** Null where a line is not an asset and an amount; the assets in the order of their names, each once. */
function amountsIn(text: string, known: KnownAssets): { asset: string; amount: string }[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map((line) => {
    const [asset = '', typed = '', ...more] = line.trim().split(/\s+/);
    const zero = /^0+(\.0*)?$/.test(typed) ? { text: '0' } : readTypedAmount(typed, LEDGER_SCALE);
    return more.length > 0 || !('text' in zero) ? null : { asset: spelt(asset, known), amount: zero.text };
  });
  if (read.some((each) => each === null)) return null;
  return read.filter((each) => each !== null).sort((one, other) => (one.asset < other.asset ? -1 : 1));
}
