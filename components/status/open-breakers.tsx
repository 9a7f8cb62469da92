'use client';

import { Zap } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { SystemStatusView } from '#server/system/contract.ts';

/** What sends nothing because it failed too often or has sent enough, since when, and how that ends. */
export function OpenBreakers({ breakers }: { readonly breakers: SystemStatusView['openBreakers'] }) {
  const t = useTranslations('status');
  const symbolOf = useAssetSymbol();
  if (breakers.length === 0) return <p className="text-ink-2">{t('breakers.none')}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {breakers.map(({ scope, target, openedAt }) => (
        <li
          key={`${scope} ${target}`}
          className="flex flex-col gap-2 rounded-card border border-warning bg-surface p-4 [overflow-wrap:anywhere]"
        >
          <p className="flex items-center gap-2 font-semibold">
            <Zap aria-hidden size={16} className="shrink-0 text-warning" />
            {t(`freezes.scope.${scope}`)} {scope === 'asset' ? <span title={target}>{symbolOf(target)}</span> : target}
          </p>
          <p>{t(`breakers.why.${scope}`)}</p>
          <p className="text-ink-2 text-sm">
            {t('breakers.since')} <ZonedTime at={openedAt} /> · <Age at={openedAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}
