'use client';

import type { ReactNode } from 'react';
import { balanceHref } from '#components/balances/search.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { Destination } from '../destination.tsx';
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
      <Facts withdrawal={withdrawal} />
    </section>
  );
}

/** Leg 2 of a mining withdrawal is the platform's; it is done once it has been reported. */
export const isHandedOver = ({ kind, legs }: WithdrawalView): boolean =>
  kind === 'mining' && legs.some(({ no, status }) => no === 2 && status === 'done');

export function explanation({ status, kind }: WithdrawalView, handedOver: boolean) {
  if (status !== 'completed') return status;
  if (kind !== 'mining') return 'transfer_confirmed';
  return handedOver ? 'handed_over' : 'in_company_account';
}

function Facts({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('facts.member'),
      <AppLink
        key="member"
        href={balanceHref('/balances', { member: withdrawal.memberId })}
        className="text-focus underline"
      >
        {t('facts.statement')}
      </AppLink>,
    ],
    [t('facts.kind'), t(`kind.${withdrawal.kind}`)],
    [t('facts.requestedBy'), withdrawal.requestedBy.name],
    [t('facts.requestedAt'), <ZonedTime key="at" at={withdrawal.requestedAt} />],
    ...(isUndecided(withdrawal)
      ? [[t('facts.expiresAt'), <ExpiresAt key="at" at={withdrawal.expiresAt} />] as const]
      : []),
    ...(withdrawal.reference
      ? [
          [
            t('facts.reference'),
            <Copyable key="ref" text={withdrawal.reference} label={t('facts.reference')} />,
          ] as const,
        ]
      : []),
    [t('facts.id'), <Copyable key="id" text={withdrawal.id} label={t('facts.id')} />],
  ];
  return (
    <dl className="grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3 leading-8">{name}</dt>
          <dd className="m-0 min-w-0 leading-8 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** With the time that is left: after it nobody can approve. */
function ExpiresAt({ at }: { readonly at: string }) {
  return (
    <>
      <ZonedTime at={at} /> <Remaining until={at} />
    </>
  );
}

const isUndecided = ({ status }: WithdrawalView) => status === 'pending' || status === 'approved_pending';

function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className="inline-flex items-start gap-1">
      <span className="font-mono text-sm leading-8 [overflow-wrap:anywhere]">{text}</span>
      <CopyButton text={text} label={label} />
    </span>
  );
}
