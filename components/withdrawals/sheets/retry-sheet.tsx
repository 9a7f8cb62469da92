'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { PlainSheet } from './plain-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

/** Only of what provably did not run: a failed one is approved anew, a waiting one is sent without waiting longer. */
export function RetrySheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const { id, status, timeline } = props.current;
  const note = status === 'failed' ? 'reopened' : 'retried';
  return (
    <PlainSheet
      {...props}
      title={t(`retry.${note}.title`)}
      lead={t(`retry.${note}.next`)}
      sends
      confirm={t(`retry.${note}.confirm`)}
      decision={{
        send: async () => {
          await client.withdrawals.retry.mutate({ id });
          return note;
        },
        // Each is a line of the record.
        arrived: (now) => (now.timeline.length > timeline.length ? note : null),
      }}
    />
  );
}
