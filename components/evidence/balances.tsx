'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AssetChip } from '#components/ui/chips.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { Attempt } from './candidates.ts';
import { listOf, textOf } from './json.ts';
import { Part } from './part.tsx';

/** What was there before the payment was asked for, and what has been seen since. Alone it proves nothing. */
export function Balances({ attempt }: { readonly attempt: Attempt }) {
  const t = useTranslations('evidence');
  const before = balancesIn(attempt.before);
  const seen = attempt.evidence.filter(({ kind, body }) => kind === 'balance' && balancesIn(body).length > 0);
  const last = seen.at(-1);
  if (before.length === 0 && !last) return null;
  const after = last ? balancesIn(last.body) : [];
  const assets = [...new Set([...before, ...after].map(({ asset }) => asset))];
  const decimals = decimalsOf([...before, ...after].map(({ amount }) => amount));
  const amountOf = (balances: readonly Balance[], asset: string) => {
    const amount = balances.find((each) => each.asset === asset)?.amount;
    return amount ? <Amount value={amount} decimals={decimals} /> : '-';
  };
  return (
    <Part title={t('balances.title')}>
      <table className="w-full">
        <caption className="sr-only">{t('balances.title')}</caption>
        <thead>
          <tr className="text-ink-3 text-sm">
            <th scope="col" className="text-start font-normal">
              {t('balances.asset')}
            </th>
            <th scope="col" className="text-end font-normal">
              {t('balances.before')}
            </th>
            <th scope="col" className="text-end font-normal">
              {last ? <Time at={last.at} /> : t('balances.after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {assets.map((asset) => (
            <tr key={asset}>
              <th scope="row" className="py-1 text-start font-normal">
                <AssetChip asset={asset} />
              </th>
              <td className="text-end">{amountOf(before, asset)}</td>
              <td className="text-end">{amountOf(after, asset)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-ink-3 text-sm">{t('balances.note')}</p>
    </Part>
  );
}

interface Balance {
  readonly asset: string;
  readonly amount: string;
}

function balancesIn(body: Json | null): readonly Balance[] {
  return listOf(body, 'balances').flatMap((row) => {
    const asset = textOf(row, 'asset');
    const amount = textOf(row, 'amount');
    return asset && amount ? [{ asset, amount }] : [];
  });
}
