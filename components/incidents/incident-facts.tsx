'use client';

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Facts } from '#components/evidence/part.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import { withdrawalHref } from '#components/withdrawals/search.ts';
import type { IncidentDetailView } from '#server/resolution/contract.ts';
import { Seen } from './seen.tsx';

interface IncidentFactsProps {
  readonly incident: IncidentDetailView;
  readonly freshness: ReactNode;
}

const linkClass = 'text-focus underline [overflow-wrap:anywhere]';

/** What is known, what is not, what comes next, and all that was seen. */
export function IncidentFacts({ incident, freshness }: IncidentFactsProps) {
  const t = useTranslations('incidents');
  const tExceptions = useTranslations('exceptions');
  const about = `incident.${incident.kind}` as const;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="text-ink-3 text-sm">
          {t('opened')} <Age at={incident.openedAt} />
        </span>
        {freshness}
      </div>
      <p>
        {tExceptions(`${about}.known`)} {tExceptions(`${about}.open`)}{' '}
        {!incident.closedAt && <span className="text-ink-2">{tExceptions(`${about}.next`)}</span>}
      </p>
      {incident.closedAt && <Closed incident={incident} closedAt={incident.closedAt} />}
      <Facts
        rows={[
          incident.asset && incident.amount
            ? [
                t('amount'),
                <span key="amount" className="inline-flex items-center gap-2">
                  <AssetChip asset={incident.asset} />
                  <Amount value={incident.amount} />
                </span>,
              ]
            : null,
          [t('openedAt'), <ZonedTime key="at" at={incident.openedAt} />],
          incident.withdrawalId
            ? [
                t('withdrawal'),
                <AppLink
                  key="withdrawal"
                  className={linkClass}
                  href={withdrawalHref('/withdrawals', { view: 'all', id: incident.withdrawalId })}
                >
                  {incident.withdrawalId}
                </AppLink>,
              ]
            : null,
          incident.walletId
            ? [
                t('wallet'),
                <AppLink key="wallet" className={linkClass} href={`/wallets/${incident.walletId}`}>
                  {incident.walletId}
                </AppLink>,
              ]
            : null,
          [t('subject'), <code key="subject">{incident.subject}</code>],
        ]}
      />
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{t('seen')}</h3>
        <Seen detail={incident.detail} />
      </section>
    </>
  );
}

interface ClosedProps extends Pick<IncidentFactsProps, 'incident'> {
  readonly closedAt: string;
}

function Closed({ incident, closedAt }: ClosedProps) {
  const t = useTranslations('incidents');
  const decided = `decision.${incident.resolution}.name` as 'decision.close.name';
  return (
    <Notice tone="success" icon={Check}>
      <p className="font-medium">
        {t('closed')} <ZonedTime at={closedAt} />
      </p>
      {incident.resolution && <p>{t.has(decided) ? t(decided) : incident.resolution}</p>}
      {incident.note && <p className="[overflow-wrap:anywhere]">{incident.note}</p>}
    </Notice>
  );
}
