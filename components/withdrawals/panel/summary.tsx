'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { Destination } from '../destination.tsx';
import { heldFrom } from '../held-from.ts';
import { OrderAmount } from '../order-amount.tsx';
import { HoldBadge, StatusBadge } from '../status-badge.tsx';
import { CancelWindow } from './cancel-window.tsx';
import { HoldNotice } from './hold-notice.tsx';
import { StopNotice } from './stop-notice.tsx';

interface SummaryProps {
  readonly withdrawal: WithdrawalView;
  readonly freshness: ReactNode;
}

/** What it is and how it stands: the first thing read, so also what is not known and what comes next. */
export function Summary({ withdrawal, freshness }: SummaryProps) {
  const t = useTranslations('withdrawals');
  const handedOver = isHandedOver(withdrawal);
  return (
    <section aria-label={t('panel.summary')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="inline-flex flex-wrap items-center gap-2">
          <StatusBadge status={withdrawal.status} kind={withdrawal.kind} handedOver={handedOver} />
          {withdrawal.onHold && <HoldBadge />}
          <span className="text-ink-3 text-sm">
            <Age at={withdrawal.updatedAt} />
          </span>
        </span>
        {freshness}
      </div>
      {withdrawal.hold || withdrawal.stop ? (
        <>
          <HoldNotice withdrawal={withdrawal} />
          <StopNotice withdrawal={withdrawal} />
        </>
      ) : (
        <CancelWindow withdrawal={withdrawal}>
          <p className="text-ink-2">{t(`explain.${explanation(withdrawal, handedOver)}`)}</p>
          {withdrawal.waitReason && <p className="text-ink-2">{t(`waitExplain.${withdrawal.waitReason}`)}</p>}
        </CancelWindow>
      )}
      <OrderAmount asset={withdrawal.asset} amount={withdrawal.amount} />
      <Destination withdrawal={withdrawal}>
        {withdrawal.kind === 'mining' && <p className="text-ink-2 text-sm">{t('destination.miningNote')}</p>}
      </Destination>
      <Asked withdrawal={withdrawal} />
    </section>
  );
}

/** Leg 2 of a mining withdrawal is the platform's; it is done once it has been reported. */
export const isHandedOver = ({ kind, legs }: WithdrawalView): boolean =>
  kind === 'mining' && legs.some(({ no, status }) => no === 2 && status === 'done');

export function explanation(withdrawal: WithdrawalView, handedOver: boolean) {
  const { status, kind, saidByPeople, paidOnce } = withdrawal;
  if (paidOnce) return `paid_once.${paidOnce}` as const;
  if (isBlocked(withdrawal)) return 'blocked';
  if (status === 'failed' || status === 'rejected' || status === 'cancelled') {
    return `${status}.${heldFrom(kind)}` as const;
  }
  if (status !== 'completed') return status;
  if (kind !== 'mining') return 'transfer_confirmed';
  if (handedOver) return 'handed_over';
  return saidByPeople ? 'said_by_people' : 'in_company_account';
}

/** Refused as it was asked for: nothing of it was ever set aside. */
const isBlocked = ({ status, timeline }: WithdrawalView): boolean =>
  status === 'cancelled' && timeline.some(({ action }) => action === 'withdrawal.blocked');

/** Who asked and when, and how long it can still be decided. */
function Asked({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  return (
    <p className="flex flex-wrap gap-x-4 text-ink-2">
      <span>
        {t('facts.requestedBy')} <span className="text-ink">{withdrawal.requestedBy.name}</span> ·{' '}
        <ZonedTime at={withdrawal.requestedAt} />
      </span>
      {isUndecided(withdrawal) && (
        <span>
          {t('facts.expiresAt')} <ZonedTime at={withdrawal.expiresAt} /> <Remaining until={withdrawal.expiresAt} />
        </span>
      )}
    </p>
  );
}

const isUndecided = ({ status }: WithdrawalView) => status === 'pending' || status === 'approved_pending';
