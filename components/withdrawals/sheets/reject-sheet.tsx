'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { heldFrom } from '../held-from.ts';
import { NoteSheet } from './note-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

export function RejectSheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const { id, kind } = props.current;
  return (
    <NoteSheet
      {...props}
      title={t('reject.title')}
      lead={t(`reject.next.${heldFrom(kind)}`)}
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
