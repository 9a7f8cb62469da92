'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { heldFrom } from '../held-from.ts';
import { PlainSheet } from './plain-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

export function CancelSheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  return (
    <PlainSheet
      {...props}
      title={t('cancel.title')}
      lead={t(`cancel.next.${heldFrom(props.current.kind)}`)}
      confirm={t('cancel.confirm')}
      look="danger"
      decision={{
        send: async () => {
          await client.withdrawals.cancel.mutate({ id: props.current.id });
          return 'cancelled';
        },
        arrived: (now) => (now.status === 'cancelled' ? 'cancelled' : null),
      }}
    />
  );
}
