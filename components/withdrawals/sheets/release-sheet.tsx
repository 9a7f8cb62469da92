'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { PlainSheet } from './plain-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

export function ReleaseSheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  return (
    <PlainSheet
      {...props}
      title={t('release.title')}
      lead={t('release.next')}
      sends
      confirm={t('release.confirm')}
      decision={{
        send: async () => {
          await client.withdrawals.release.mutate({ id: props.current.id });
          return 'released';
        },
        arrived: ({ hold }) => (hold ? null : 'released'),
      }}
    />
  );
}
