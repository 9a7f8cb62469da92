'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { formatAmount, readTypedAmount } from '#components/ui/amount-text.ts';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import type { PolicyRulesView } from '#server/policies/contract.ts';
import { Backtest } from './backtest.tsx';

/** Tries rules that are not in force: on one request that nobody made, and on those that were made. */
export function Simulation({ rules }: { readonly rules: PolicyRulesView }) {
  const t = useTranslations('policies');
  const mayTry = useHasRole('finance', 'admin', 'auditor');
  if (!mayTry) return null;
  return (
    <details className="rounded-card border border-rule bg-surface px-3 py-2 text-ink">
      <summary className="min-h-9 content-center font-medium pointer-coarse:min-h-11">{t('try.title')}</summary>
      <div className="flex flex-col gap-4 py-2">
        <OneRequest rules={rules} />
        <Backtest rules={rules} />
      </div>
    </details>
  );
}

function OneRequest({ rules }: { readonly rules: PolicyRulesView }) {
  const t = useTranslations('policies');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  const [asset, setAsset] = useState('');
  const [typed, setTyped] = useState('');
  const amount = readTypedAmount(typed, LEDGER_SCALE);
  const chosen = asset || (assets.data?.rows[0]?.asset ?? '');
  const trial = useMutation({
    mutationFn: async (text: string) => {
      const found = await client.policies.simulate.query({ rules, on: { kind: 'one', asset: chosen, amount: text } });
      return found.kind === 'one' ? found : null;
    },
  });
  const wrong = 'problem' in amount && amount.problem;
  const blockedBy = wrong && t(wrong === 'empty' || wrong === 'zero' ? 'try.amountMissing' : 'try.amountWrong');
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-1 items-end gap-3 sm:grid-cols-3">
        <SelectField label={t('try.asset')} value={chosen} onChange={(event) => setAsset(event.target.value)}>
          {assets.data?.rows.map((each) => (
            <option key={each.asset} value={each.asset}>
              {each.symbol}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('try.amount')}
          inputMode="decimal"
          className="text-end"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button blockedBy={blockedBy || null} onClick={() => 'text' in amount && trial.mutate(amount.text)}>
          {t('try.one')}
        </Button>
      </div>
      {trial.error && <FailureNote failure={readFailure(trial.error)} isHarmless />}
      {trial.data && (
        <ul aria-live="polite" className="list-disc pl-5">
          <li>{t('try.now', { tier: trial.data.now.tier, people: trial.data.now.approvals })}</li>
          <li>{t('try.draft', { tier: trial.data.draft.tier, people: trial.data.draft.approvals })}</li>
          {trial.data.value !== null && <li>{t('try.value', { value: formatAmount(trial.data.value) })}</li>}
          {!trial.data.draft.isPossible && <li className="text-danger">{t('try.impossible')}</li>}
        </ul>
      )}
    </div>
  );
}
