'use client';

import { useReasonWord } from '#components/evidence/use-reason-word.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import type { ExceptionRow } from '#server/resolution/contract.ts';
import { WAIT_REASONS } from '#server/withdrawals/statuses.ts';

/** What is known, what is not, and what happens next: three short sentences, in this order. */
export function WhatIsKnown({ row }: { readonly row: ExceptionRow }) {
  const t = useTranslations('exceptions');
  const reason = useReason(row);
  const about = aboutOf(row);
  return (
    <span className="flex flex-col gap-0.5 py-1.5 text-sm">
      <span className="text-ink">
        {t(`${about}.known`)}
        {reason && <span className="text-ink-2"> {t('reason', { reason })}</span>}
      </span>
      <span className="text-ink-2">
        {t(`${about}.open`)} {t(`${about}.next`)}
      </span>
    </span>
  );
}

export function aboutOf({ incidentKind, filter, paidOnce }: ExceptionRow) {
  if (incidentKind) return `incident.${incidentKind}` as const;
  return paidOnce ? (`about.paid_once.${paidOnce}` as const) : (`about.${filter}` as const);
}

function useReason({ incidentKind, reason }: ExceptionRow): string | null {
  const tWithdrawals = useTranslations('withdrawals');
  const reasonWord = useReasonWord();
  if (!reason || incidentKind) return null;
  const wait = WAIT_REASONS.find((each) => each === reason);
  return wait ? tWithdrawals(`waitReason.${wait}`) : reasonWord(reason);
}
