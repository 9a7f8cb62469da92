'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { NoteSheet } from './note-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

/** A line for the record. */
export function RemarkSheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const me = useMe();
  const { id } = props.current;
  return (
    <NoteSheet
      {...props}
      title={t('remark.title')}
      lead={t('remark.next')}
      words={{ label: t('remark.text'), missing: t('remark.missing'), confirm: t('remark.confirm') }}
      decisionOf={(text) => ({
        send: async () => {
          await client.withdrawals.note.mutate({ id, text });
          return 'noted';
        },
        arrived: ({ timeline }) =>
          timeline.some(({ reason, by }) => reason === text && by.id === me.id) ? 'noted' : null,
      })}
    />
  );
}
