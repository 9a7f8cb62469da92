'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AppLink } from '#components/ui/app-link.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { withdrawalHref } from '#components/withdrawals/search.ts';
import type { DrillView, FreezeTarget } from '#server/system/contract.ts';

/** What this freeze would stop right now and what it could not stop any more. Nothing is changed by looking. */
export function DrillResult({ target }: { readonly target: FreezeTarget }) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const drill = useQuery(trpc.system.drill.queryOptions(target));
  if (drill.isPending) return <Loading rows={2} />;
  if (!drill.data) return <ErrorState error={drill.error} onRetry={drill.refetch} />;
  return (
    <div className="flex flex-col gap-3 rounded-control border border-rule p-3">
      <Part title={t('drill.stopped', { count: String(drill.data.stopped.count) })} part={drill.data.stopped} />
      <Part title={t('drill.beyond', { count: String(drill.data.beyond.count) })} part={drill.data.beyond} />
    </div>
  );
}

const LISTED_MAX = 20;

function Part({ title, part }: { readonly title: string; readonly part: DrillView['stopped'] }) {
  const t = useTranslations('status');
  const listed = part.items.slice(0, LISTED_MAX);
  const more = part.count - listed.length;
  const decimals = decimalsOf(listed.map(({ amount }) => amount));
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      <ul className="mt-1 flex flex-col gap-1 text-ink-2 text-sm">
        {part.sums.map(({ asset, count, amount }) => (
          <li key={asset} className="flex items-center gap-2">
            <AssetChip asset={asset} /> <Amount value={amount} /> ({count})
          </li>
        ))}
      </ul>
      {listed.length > 0 && (
        <ul className="mt-1 flex flex-col gap-1 text-sm">
          {listed.map((item) => (
            <li key={item.id} className="flex flex-wrap items-center justify-between gap-x-3">
              <AppLink
                href={withdrawalHref('/withdrawals', { view: 'all', id: item.id })}
                className="underline [overflow-wrap:anywhere]"
              >
                {item.memberId}
              </AppLink>
              <span className="ml-auto inline-flex items-center gap-2">
                <AssetChip asset={item.asset} />
                <Amount value={item.amount} decimals={decimals} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="mt-1 text-ink-2 text-sm">{t('drill.more', { count: String(more) })}</p>}
    </section>
  );
}
