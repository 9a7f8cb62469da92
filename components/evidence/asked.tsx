'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Address } from '#components/ui/address.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { Attempt } from './candidates.ts';
import { Facts, Part } from './part.tsx';

/** What was asked of the provider, by whom and until when it could have left. */
export function Asked({ attempt }: { readonly attempt: Attempt }) {
  const t = useTranslations('evidence');
  return (
    <Part title={t('asked.title', { no: attempt.no })}>
      <Facts
        rows={[
          [t('asked.method'), <code key="method">{`${attempt.provider} · ${attempt.method}`}</code>],
          [
            t('asked.amount'),
            <span key="amount" className="inline-flex items-center gap-2">
              <AssetChip asset={attempt.asset} />
              <Amount value={attempt.amount} />
            </span>,
          ],
          [t('asked.to'), <Address key="to" text={attempt.to} copyLabel={t('asked.to')} />],
          [t('asked.at'), <ZonedTime key="at" at={attempt.fencedAt} />],
          [t('asked.sendBy'), <ZonedTime key="by" at={attempt.sendBy} />],
          attempt.reference
            ? [t('asked.reference'), <code key="reference">{attempt.reference}</code>]
            : [t('asked.reference'), t('asked.noReference')],
          attempt.token ? [t('asked.token'), <code key="token">{attempt.token}</code>] : null,
          attempt.feeReference ? [t('asked.feeReference'), <code key="fee">{attempt.feeReference}</code>] : null,
          [
            t('asked.worker'),
            <span key="worker">
              {t(`sender.${attempt.sender}`)} <code className="text-ink-2 text-sm">{attempt.worker}</code>
            </span>,
          ],
        ]}
      />
    </Part>
  );
}
