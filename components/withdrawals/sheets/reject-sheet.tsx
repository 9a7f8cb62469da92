'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { NoteSheet } from './note-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

export function RejectSheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const { id } = props.current;
  return (
    <NoteSheet
      {...props}
      title={t('reject.title')}
      lead={t('reject.next')}
      look="danger"
      words={{
        label: t('reject.reason'),
        hint: t('reject.reasonHint'),
        missing: t('reject.missing'),
        confirm: t('reject.confirm'),
      }}
      decisionOf={(reason) => ({
        send: async () => {
          await client.withdrawals.reject.mutate({ id, reason });
          return 'rejected';
        },
        arrived: (now) => (now.status === 'rejected' ? 'rejected' : null),
      })}
    />
  );
}
