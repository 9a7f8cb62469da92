'use client';

import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { HOLD_REASONS } from '#server/withdrawals/statuses.ts';
import { NoteSheet } from './note-sheet.tsx';
import type { SheetProps } from './use-decision.ts';

export function HoldSheet(props: SheetProps) {
  const t = useTranslations('withdrawals');
  const client = useTRPCClient();
  const [isMissing, setMissing] = useState(false);
  const { id } = props.current;
  return (
    <NoteSheet
      {...props}
      title={t('holding.title')}
      lead={t('holding.next')}
      words={{
        label: t('holding.note'),
        hint: t('reject.reasonHint'),
        missing: t('holding.missing'),
        confirm: t('holding.confirm'),
      }}
      decisionOf={(note, form) => {
        const reason = HOLD_REASONS.find((each) => each === form.get('reason'));
        setMissing(!reason);
        if (!reason) return null;
        return {
          send: async () => {
            await client.withdrawals.hold.mutate({ id, reason, note });
            return 'held';
          },
          arrived: ({ hold }) => (hold?.note === note ? 'held' : null),
        };
      }}
    >
      <SelectField
        label={t('holding.reason')}
        name="reason"
        required
        defaultValue=""
        problem={isMissing ? t('holding.reasonMissing') : null}
      >
        <option value="">{t('holding.chooseReason')}</option>
        {HOLD_REASONS.map((each) => (
          <option key={each} value={each}>
            {t(`holdReason.${each}`)}
          </option>
        ))}
      </SelectField>
    </NoteSheet>
  );
}
