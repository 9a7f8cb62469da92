'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { NoteSheet } from '#components/withdrawals/sheets/note-sheet.tsx';
import type { SheetProps } from '#components/withdrawals/sheets/use-decision.ts';

export function EscalateSheet(props: SheetProps) {
  const t = useTranslations('evidence');
  const client = useTRPCClient();
  const { told } = useMe();
  const { id } = props.current;
  return (
    <NoteSheet
      {...props}
      title={t('escalate.title')}
      lead={t(told.alerts || told.email ? 'escalate.next' : 'escalate.nextHere')}
      words={{ label: t('escalate.text'), missing: t('noteMissing'), confirm: t('action.escalate') }}
      decisionOf={(note) => ({
        send: async () => {
          await client.withdrawals.escalate.mutate({ id, note });
          return 'escalated';
        },
        arrived: ({ timeline }) =>
          timeline.some(({ action, reason }) => action === 'withdrawal.escalated' && reason === note)
            ? 'escalated'
            : null,
      })}
    />
  );
}
