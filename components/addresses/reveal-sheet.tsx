'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import type { AddressRevealedView, AddressRevealInput } from '#server/withdrawals/contract.ts';

interface RevealSheetProps extends Pick<AddressRevealInput, 'of' | 'id'> {
  readonly onRevealed: (revealed: AddressRevealedView) => void;
  readonly onClose: () => void;
}

/** Asks why; the second factor comes after it. What is answered is kept nowhere but on the screen. */
export function RevealSheet({ of, id, onRevealed, onClose }: RevealSheetProps) {
  const t = useTranslations('common');
  const trpc = useTRPC();
  const factor = useQuery(trpc.secondFactor.state.queryOptions({}));
  const reveal = useMutation(trpc.addresses.reveal.mutationOptions({ gcTime: 0, onSuccess: onRevealed }));
  const words = {
    label: t('reveal.reason'),
    missing: t('reveal.missing'),
    confirm: t('reveal.confirm'),
  };
  return (
    <ReasonSheet
      title={t('reveal.open')}
      words={words}
      blockedBy={factor.data?.state === 'none' ? t('reveal.needsFactor') : null}
      isSending={reveal.isPending}
      failure={reveal.error && readFailure(reveal.error)}
      onSubmit={(reason) => reason !== '' && reveal.mutate({ of, id, reason })}
      onClose={onClose}
    >
      <p className="text-ink-2">{t('reveal.next')}</p>
    </ReasonSheet>
  );
}
