'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';

/** So many names are read; more are counted. */
export const NAMES_SHOWN = 4;

/** Which tier of the policy it is in, what its votes still lack, and who may cast them. */
export function QuorumState({ withdrawal: { quorum } }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  if (!quorum) return null;
  const { tier, missing, mayVote, isPossible, escalated } = quorum;
  const names = mayVote
    .slice(0, NAMES_SHOWN)
    .map(({ name }) => name)
    .join(', ');
  const beyond = mayVote.length - NAMES_SHOWN;
  const groups = missing.groups
    .map((group) => t(`quorum.group.${group}`))
    .join(t(missing.join === 'all' ? 'quorum.and' : 'quorum.or'));
  return (
    <div className="flex flex-col gap-1 text-ink-2">
      <p>
        {tier ? t('quorum.tier', { tier: tier.no, tiers: tier.of, version: tier.version }) : t('quorum.before')}
        {missing.people > 0 && ` · ${t('quorum.missingPeople', { count: missing.people })}`}
      </p>
      {escalated && <p>{t('quorum.escalated')}</p>}
      {groups && <p className="text-warning">{t('quorum.missingGroup', { groups })}</p>}
      {mayVote.length === 0 ? (
        <p className="text-danger">{t('quorum.nobody')}</p>
      ) : (
        <p className="[overflow-wrap:anywhere]">
          {t('quorum.mayVote', { names: beyond > 0 ? t('quorum.more', { names, count: beyond }) : names })}
        </p>
      )}
      {!isPossible && mayVote.length > 0 && <p className="text-danger">{t('quorum.tooFew')}</p>}
    </div>
  );
}
