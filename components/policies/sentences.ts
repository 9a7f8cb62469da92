import { useTranslations } from '#components/i18n/words.tsx';
import { formatAmount } from '#components/ui/amount-text.ts';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { PolicyRulesView } from '#server/policies/contract.ts';

type TierView = PolicyRulesView['tiers'][number];

/** Who must approve, in words. */
export function useWho(): (needs: Pick<TierView, 'approvals' | 'groups'>) => string {
  const t = useTranslations('policies');
  const people = (count: number) => {
    if (count === 0) return t('says.nobody');
    return count === 1 ? t('says.onePerson') : t('says.people', { count });
  };
  const among = ({ join, of }: TierView['groups']) => {
    const named = of.map(({ group, atLeast }) => t('says.group', { group: t(`groups.${group}`), count: atLeast }));
    const groups = named.join(join === 'all' ? t('says.and') : t('says.or'));
    return named.length === 0 ? '' : t('says.among', { groups });
  };
  return ({ approvals, groups }) => `${people(approvals)}${among(groups)}`;
}

/** The rules as a person of finance reads them, one sentence for each thing they say. */
export function useSentences(): (rules: PolicyRulesView) => string[] {
  const t = useTranslations('policies');
  const who = useWho();
  const symbolOf = useAssetSymbol();
  const threshold = ({ amounts, value }: TierView['from']) => {
    const each = amounts.map(({ asset, amount }) =>
      t('says.amount', { asset: symbolOf(asset), amount: formatAmount(amount) }),
    );
    return [...each, ...(value === null ? [] : [t('says.value', { value: formatAmount(value) })])].join(', ');
  };
  const tierSentence = (tier: TierView, index: number) => {
    const people = who(tier);
    if (index === 0) return t('says.first', { who: people });
    const from = threshold(tier.from);
    const words = { no: index + 1, who: people };
    return from ? t('says.tier', { ...words, from }) : t('says.tierAlone', words);
  };
  return (rules) => [
    ...rules.tiers.map(tierSentence),
    ...(rules.tiers.length > 1 ? [t('says.rest', { no: rules.tiers.length })] : []),
    t('says.expiry', { hours: rules.expiresAfterHours }),
    rules.cancelWindowMinutes > 0 ? t('says.window', { minutes: rules.cancelWindowMinutes }) : t('says.noWindow'),
  ];
}
