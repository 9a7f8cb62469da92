'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { newIdempotencyKeys } from '#components/trpc/idempotency-key.ts';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { readTypedAmount } from '#components/ui/amount-text.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Form } from '#components/ui/form.tsx';
import { isMemberId, isReference } from '#components/ui/identifiers.ts';
import { ErrorState } from '#components/ui/states.tsx';
import type { AssetView } from '#server/assets/contract.ts';
import { LEDGER_SCALE } from '#server/kernel/scale.ts';
import { RequestFields, type RequestProblems } from './request-fields.tsx';

/** Before an asset is chosen nobody knows how many decimals it takes. */

interface RequestSheetProps {
  readonly onClose: () => void;
  readonly onRequested: (id: string) => void;
}

export function RequestSheet({ onClose, onRequested }: RequestSheetProps) {
  const t = useTranslations('withdrawals');
  const pending = usePendingWord();
  const offline = useOffline();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [keyFor] = useState(newIdempotencyKeys);
  const [problems, setProblems] = useState<RequestProblems>({});
  const sending = useRef(false);
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  const payable = assets.data?.rows.filter(({ chain, enabled }) => chain === 'hashdam' && enabled) ?? [];

  const request = useMutation(
    trpc.withdrawals.request.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: trpc.withdrawals.pathKey() });
        announce(t('request.done'));
        onClose();
        onRequested(id);
      },
      onSettled: () => {
        sending.current = false;
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = readForm(new FormData(event.currentTarget), payable);
    setProblems(typed.problems);
    if (!typed.body || sending.current) return;
    sending.current = true;
    request.mutate({ ...typed.body, idempotencyKey: keyFor(JSON.stringify(typed.body)) });
  };

  return (
    <Dialog title={t('request.title')} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">{t('request.lead')}</p>
          {assets.isError && !assets.data && <ErrorState error={assets.error} onRetry={assets.refetch} />}
          <RequestFields assets={payable} problems={problems} />
          {request.error && <FailureNote failure={readFailure(request.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('request.back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={request.isPending}>
            {request.isPending ? pending : t('request.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function readForm(form: FormData, assets: readonly AssetView[]) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const asset = assets.find((each) => each.asset === text('asset'));
  const amount = readTypedAmount(text('amount'), asset?.scale ?? LEDGER_SCALE);
  const member = isMemberId(text('memberId'));
  const reference = text('reference');
  const referred = reference === '' || isReference(reference);
  const problems: RequestProblems = {
    ...(!member && { memberId: 'member' }),
    ...(!asset && { asset: 'asset' }),
    ...('problem' in amount && { amount: amount.problem }),
    ...(!referred && { reference: 'reference' }),
  };
  if (!asset || !member || !referred || 'problem' in amount) return { problems, body: null };
  return {
    problems,
    body: { memberId: text('memberId'), asset: asset.asset, amount: amount.text, ...(reference && { reference }) },
  };
}
