'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { AllowListRulesView } from '#server/risk/contract.ts';

const MODES = ['require', 'warn', 'off'] as const;

/** What being on the list means, for each asset. */
export function ListRules({ rules: { modes, otherwise, coolDownHours } }: { readonly rules: AllowListRulesView }) {
  const t = useTranslations('addresses');
  const symbolOf = useAssetSymbol();
  const named = (mode: (typeof MODES)[number]) =>
    modes.filter((each) => each.mode === mode).map(({ asset }) => symbolOf(asset));
  return (
    <dl className="grid max-w-[720px] grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-base">
      {MODES.map((mode) => {
        const assets = [
          ...named(mode),
          ...(otherwise === mode ? [t(modes.length ? 'rules.others' : 'rules.all')] : []),
        ];
        if (assets.length === 0) return null;
        return (
          <div key={mode} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-2">{assets.join(', ')}</dt>
            <dd className="m-0">{t(`rules.${mode}`)}</dd>
          </div>
        );
      })}
      <div className="col-span-2 grid grid-cols-subgrid">
        <dt className="text-ink-2">{t('rules.coolDown')}</dt>
        <dd className="m-0">{t('rules.coolDownHours', { hours: String(coolDownHours) })}</dd>
      </div>
    </dl>
  );
}
