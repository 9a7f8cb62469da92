'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { Figure } from '#components/ui/card.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Age } from '#components/ui/time.tsx';
import { READ_AGAIN_MS } from './search.ts';

/** What the pool holds for us, as last read from it. */
export function HashBalance() {
  const t = useTranslations('mining');
  const trpc = useTRPC();
  const balance = useQuery(trpc.mining.balance.queryOptions({}, { refetchInterval: READ_AGAIN_MS }));
  if (balance.isPending) return <Loading rows={2} />;
  if (balance.data === undefined) return <ErrorState error={balance.error} onRetry={balance.refetch} />;
  if (!balance.data) return <Empty title={t('balance.nothingYet')} />;
  const { credit, power, date, asOf } = balance.data;
  const note = (
    <>
      {t('balance.day', { date })} · {t('read')} <Age at={asOf} />
    </>
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Figure label={t('balance.credit')} note={note}>
        <Amount value={credit} />
      </Figure>
      <Figure label={t('balance.power')} note={note}>
        <Amount value={power} />
      </Figure>
    </div>
  );
}

export function HashRate() {
  const t = useTranslations('mining');
  const trpc = useTRPC();
  const rate = useQuery(trpc.mining.hashRate.queryOptions({}, { refetchInterval: READ_AGAIN_MS }));
  if (rate.isPending) return <Loading rows={2} />;
  if (rate.data === undefined) return <ErrorState error={rate.error} onRetry={rate.refetch} />;
  if (!rate.data) return <Empty title={t('rate.nothingYet')} />;
  const { at, last10m, last1h, last24h, efficiency, reject } = rate.data;
  const figures = [
    ['last10m', last10m, 'MH/s'],
    ['last1h', last1h, 'MH/s'],
    ['last24h', last24h, 'MH/s'],
    ['efficiency', efficiency, '%'],
    ['reject', reject, '%'],
  ] as const;
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid gap-x-6 gap-y-3 rounded-card border border-rule bg-surface p-4 sm:grid-cols-3 xl:grid-cols-5">
        {figures.map(([name, value, unit]) => (
          <div key={name} className="flex items-baseline justify-between gap-2 sm:flex-col sm:justify-start sm:gap-1">
            <dt className="text-ink-2 text-sm">{t(`rate.${name}`)}</dt>
            <dd className="m-0 font-semibold text-lg">
              <Amount value={value} /> <span className="font-normal text-ink-3 text-sm">{unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-3 text-sm">
        {t('rate.measured')} <Age at={at} />
      </p>
    </div>
  );
}
