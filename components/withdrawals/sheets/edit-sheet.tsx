'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { formatAmount, readTypedAmount, type TypedAmount } from '#components/ui/amount-text.ts';
import { TextField } from '#components/ui/field.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import { NoteSheet } from './note-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

/** Before the asset has been read nobody here knows how many decimals it takes; the server does. */

/** Another amount: what was and what will be stand side by side before anything is sent. */
export function EditSheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const trpc = useTRPC();
  const { id, asset, amount: before } = props.current;
  const [typed, setTyped] = useState('');
  const [shows, setShows] = useState(false);
  const symbolOf = useAssetSymbol();
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  const scale = assets.data?.rows.find((each) => each.asset === asset)?.scale ?? LEDGER_SCALE;
  const amount = readTypedAmount(typed, scale);
  const problem = problemOf(amount, before);
  return (
    <NoteSheet
      {...props}
      title={t('edit.title')}
      lead={t('edit.next')}
      words={{
        label: t('edit.reason'),
        hint: t('reject.reasonHint'),
        missing: t('edit.missing'),
        confirm: t('edit.confirm'),
      }}
      decisionOf={(reason) => {
        setShows(true);
        if (problem || 'problem' in amount) return null;
        return {
          send: async () => {
            await client.withdrawals.edit.mutate({ id, amount: amount.text, reason });
            return 'edited';
          },
          arrived: (now) => (now.amount === amount.text ? 'edited' : null),
        };
      }}
    >
      <TextField
        label={t('edit.amount')}
        inputMode="decimal"
        required
        className="text-end"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        problem={shows && problem ? t(`request.problem.${problem}`) : null}
      />
      {!problem && 'text' in amount && (
        <p className="rounded-control bg-ground px-3 py-2 [overflow-wrap:anywhere]" aria-live="polite">
          <del>{formatAmount(before)}</del> →{' '}
          <ins className="font-semibold no-underline">{formatAmount(amount.text)}</ins> {symbolOf(asset)}
        </p>
      )}
    </NoteSheet>
  );
}

function problemOf(amount: TypedAmount, before: string) {
  if ('problem' in amount) return amount.problem;
  return amount.text === before ? 'same' : null;
}
