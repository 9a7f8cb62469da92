'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { NAMES_SHOWN } from '../panel/quorum-state.tsx';

/** Under which tier it is decided, who has approved it, and who could after the reader. */
export function VotesSoFar({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const me = useMe();
  const { approvals, quorum } = withdrawal;
  const given = approvals.given.map(({ name }) => name).join(', ');
  const others = (quorum?.mayVote ?? []).filter(({ id }) => id !== me.id).map(({ name }) => name);
  const names = others.slice(0, NAMES_SHOWN).join(', ');
  const beyond = others.length - NAMES_SHOWN;
  const next = beyond > 0 ? t('quorum.more', { names, count: beyond }) : names;
  const needsAnother = quorum !== null && quorum.leftAfterYours > 0;
  return (
    <ul className="list-disc pl-5 text-ink-2 [overflow-wrap:anywhere]">
      {quorum?.tier && (
        <li>{t('quorum.tier', { tier: quorum.tier.no, tiers: quorum.tier.of, version: quorum.tier.version })}</li>
      )}
      <li>
        {t('approvals.title')} {t('approvalCount', { given: approvals.given.length, required: approvals.required })}
        {given && ` · ${given}`}
      </li>
      {needsAnother && <li>{names ? t('approve.thenMay', { names: next }) : t('approve.thenNobody')}</li>}
    </ul>
  );
}
