'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { Address } from '#components/ui/address.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Time, ZonedTime } from '#components/ui/time.tsx';
import { StatusBadge } from '#components/withdrawals/status-badge.tsx';
import type { NotificationView } from '#server/notifications/contract.ts';
import { ComparedFacts } from './books-alarm.tsx';
import { Fact } from './fact.tsx';
import { SeverityBadge } from './severity-badge.tsx';

/** All that is known of it, as it was when it happened; the withdrawal's status is today's. */
export function NotificationFacts({ notification }: { readonly notification: NotificationView }) {
  const t = useTranslations('notifications');
  const { withdrawal, subject, memberId, asset, amount, target, requestedAt, attempts, reason, compared } =
    notification;
  const reasonText = useReasonText();
  const { at, acknowledged, escalated, severity } = notification;
  return (
    <dl className="grid grid-cols-1 items-baseline gap-x-4 sm:grid-cols-[max-content_1fr] sm:gap-y-2">
      <Fact name={t('filters.severity')}>
        <SeverityBadge severity={severity} />
      </Fact>
      <Fact name={t('detail.at')}>
        <ZonedTime at={at} />
      </Fact>
      <ComparedFacts notification={notification} />
      {amount && asset && !compared && (
        <Fact name={t('detail.amount')}>
          <span className="inline-flex items-center gap-2">
            <AssetChip asset={asset} />
            <Amount value={amount} />
          </span>
        </Fact>
      )}
      {memberId && <Fact name={t('detail.member')}>{memberId}</Fact>}
      {target && (
        <Fact name={t('detail.target')}>
          <Address text={target} copyLabel={t('detail.target')} />
        </Fact>
      )}
      {requestedAt && (
        <Fact name={t('detail.requestedAt')}>
          <ZonedTime at={requestedAt} />
        </Fact>
      )}
      {requestedAt && <Fact name={t('detail.attempts')}>{t('detail.attemptsCount', { count: attempts })}</Fact>}
      {reason && <Fact name={t('detail.reason')}>{reasonText(reason)}</Fact>}
      {withdrawal ? (
        <Fact name={t('columns.now')}>
          <span className="flex flex-wrap items-center gap-x-3">
            <StatusBadge {...withdrawal} />
            <AppLink href={`/withdrawals?view=all&id=${withdrawal.id}`} className="text-focus underline">
              {t('detail.openWithdrawal')}
            </AppLink>
          </span>
        </Fact>
      ) : (
        <Fact name={t('detail.subject')}>
          {t(`subject.${subject.type}`)} <span className="text-ink-2 text-sm">{subject.id}</span>
        </Fact>
      )}
      {escalated && (
        <Fact name={t('detail.escalated')}>
          {escalated.by?.name ?? t('detail.automatic')} <Time at={escalated.at} className="text-ink-3 text-sm" />
        </Fact>
      )}
      {acknowledged && (
        <Fact name={t('detail.acknowledged')}>
          {acknowledged.by?.name ?? t('over')} <Time at={acknowledged.at} className="text-ink-3 text-sm" />
        </Fact>
      )}
    </dl>
  );
}
