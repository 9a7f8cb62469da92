'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { formatAmount } from '#components/ui/amount-text.ts';
import { AppLink } from '#components/ui/app-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { PolicyRulesView } from '#server/policies/contract.ts';
import { useWho } from './sentences.ts';
import { addTo, type Found, hoursOf, NOTHING_YET, perDay, progressOf } from './tally.ts';

const PERIODS = [7, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

/** A page of withdrawals at a time, so that the bar shows how far it is. */
export function Backtest({ rules }: { readonly rules: PolicyRulesView }) {
  const t = useTranslations('policies');
  const client = useTRPCClient();
  const isOpen = useRef(true);
  const [days, setDays] = useState<number>(30);
  const [found, setFound] = useState<Found>(NOTHING_YET);
  useEffect(
    () => () => {
      isOpen.current = false;
    },
    [],
  );
  const run = useMutation({
    mutationFn: async () => {
      isOpen.current = true;
      const [startMs, fromMs] = [Date.now(), Date.now() - days * DAY_MS];
      let sum = { ...NOTHING_YET, days };
      for (let cursor: string | null = null; isOpen.current; ) {
        const from = new Date(fromMs).toISOString();
        const page = await client.policies.simulate.query({ rules, on: { kind: 'since', from, cursor } });
        if (page.kind !== 'since') return;
        sum = addTo(sum, page, progressOf(page.reachedAt, { startMs, fromMs }));
        setFound(sum);
        cursor = page.nextCursor;
        if (cursor === null) return;
      }
    },
  });
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-1 items-end gap-3 sm:grid-cols-3">
        <SelectField
          label={t('try.period')}
          value={days}
          onChange={(event) => setDays(PERIODS.find((each) => `${each}` === event.target.value) ?? days)}
        >
          {PERIODS.map((each) => (
            <option key={each} value={each}>
              {t('try.days', { days: each })}
            </option>
          ))}
        </SelectField>
        <Button aria-disabled={run.isPending} onClick={() => !run.isPending && run.mutate()}>
          {t('try.since')}
        </Button>
      </div>
      {(run.isPending || found.days > 0) && (
        <progress
          className="progress h-2 w-full"
          aria-label={t('try.progress')}
          max={100}
          value={run.isPending ? found.percent : 100}
        />
      )}
      {run.error && <FailureNote failure={readFailure(run.error)} isHarmless />}
      {found.days > 0 && <Figures found={found} />}
    </div>
  );
}

function Figures({ found }: { readonly found: Found }) {
  const t = useTranslations('policies');
  const who = useWho();
  const symbolOf = useAssetSymbol();
  const place = ({ no, ...needs }: Found['examples'][number]['from']) => t('try.place', { no, who: who(needs) });
  return (
    <div aria-live="polite" className="flex flex-col gap-2">
      <ul className="list-disc pl-5">
        <li>{t('try.looked', { count: found.looked })}</li>
        <li>{t('try.more', { count: found.more })}</li>
        <li>{t('try.less', { count: found.less })}</li>
        <li>{t('try.byPolicy', { count: found.byPolicy })}</li>
        <li className={found.blocked > 0 ? 'text-danger' : ''}>{t('try.blocked', { count: found.blocked })}</li>
        <li>{t('try.extra', { count: perDay(found.extraApprovals, found.days) })}</li>
        {found.longestWaitMs > 0 && <li>{t('try.wait', { hours: hoursOf(found.longestWaitMs) })}</li>}
      </ul>
      {found.examples.length > 0 && (
        <ul aria-label={t('try.examples')} className="flex flex-col gap-1 text-sm">
          {found.examples.map(({ id, memberId, asset, amount, from, to }) => (
            <li key={id} className="[overflow-wrap:anywhere]">
              <AppLink href={`/withdrawals?id=${id}`} className="text-focus underline">
                {memberId}
              </AppLink>{' '}
              {formatAmount(amount)} {symbolOf(asset)} · {t('try.moves', { from: place(from), to: place(to) })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
