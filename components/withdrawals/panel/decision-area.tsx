'use client';

import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useCommands } from '#components/keyboard/keyboard-provider.tsx';
import { useOnline } from '#components/shell/use-online.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { WithdrawalStatus } from '#server/withdrawals/statuses.ts';
import { DecisionNote, type Note } from './decision-note.tsx';
import { PANEL_HEADING_ID } from './panel-head.tsx';

const ApproveSheet = lazy(() =>
  import('../sheets/approve-sheet.tsx').then((module) => ({ default: module.ApproveSheet })),
);
const RejectSheet = lazy(() =>
  import('../sheets/reject-sheet.tsx').then((module) => ({ default: module.RejectSheet })),
);
const CancelSheet = lazy(() =>
  import('../sheets/cancel-sheet.tsx').then((module) => ({ default: module.CancelSheet })),
);

type Sheet = 'approve' | 'reject' | 'cancel';

const UNDECIDED: readonly WithdrawalStatus[] = ['pending', 'approved_pending'];
const STOPPABLE: readonly WithdrawalStatus[] = [...UNDECIDED, 'approved', 'retrying'];

export function DecisionArea({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const announce = useAnnounce();
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [note, setNote] = useState<Note | null>(null);
  const whyNot = useWhyNot(withdrawal);
  const offered: readonly Sheet[] = [
    ...(UNDECIDED.includes(withdrawal.status) ? (['approve'] as const) : []),
    ...(STOPPABLE.includes(withdrawal.status) ? (['reject'] as const) : []),
    ...(withdrawal.allowed.cancel === true ? (['cancel'] as const) : []),
  ];
  const show = (wanted: Sheet) => {
    const reason = offered.includes(wanted) ? whyNot(wanted) : t('decision.notOffered');
    if (reason) announce(reason);
    else setSheet(wanted);
  };
  useCommands(sheet ? {} : { approve: () => show('approve'), reject: () => show('reject') });

  const sheetProps = {
    current: withdrawal,
    onClose: () => setSheet(null),
    onOutcome: (outcome: Note) => {
      setNote(outcome);
      setSheet(null);
    },
    finalFocus: () => rowOf(withdrawal.id),
  };
  return (
    <>
      {(note || offered.length > 0) && (
        <footer className="print-hidden flex flex-col gap-3 border-rule border-t bg-raised p-4 max-lg:sticky max-sm:bottom-14 sm:max-lg:bottom-0 sm:px-6">
          {note && <DecisionNote note={note} withdrawal={withdrawal} />}
          {offered.length > 0 && (
            <div className="flex flex-wrap items-start gap-2">
              {offered.map((each) => (
                <Button
                  key={each}
                  look={each === 'approve' ? 'primary' : 'secondary'}
                  blockedBy={whyNot(each)}
                  onClick={() => show(each)}
                  className="min-w-24"
                >
                  {t(`decision.${each}`)}
                </Button>
              ))}
            </div>
          )}
        </footer>
      )}
      {sheet === 'approve' && (
        <Suspense>
          <ApproveSheet {...sheetProps} />
        </Suspense>
      )}
      {sheet === 'reject' && (
        <Suspense>
          <RejectSheet {...sheetProps} />
        </Suspense>
      )}
      {sheet === 'cancel' && (
        <Suspense>
          <CancelSheet {...sheetProps} />
        </Suspense>
      )}
    </>
  );
}

/** The server's reason in words, or our own while there is no connection. */
function useWhyNot(withdrawal: WithdrawalView): (sheet: Sheet) => string | null {
  const t = useTranslations('withdrawals');
  const tErrors = useTranslations('errors');
  const online = useOnline();
  return (sheet) => {
    const allowed = withdrawal.allowed[sheet];
    if (allowed !== true) return tErrors.has(allowed as 'unexpected') ? tErrors(allowed as 'unexpected') : allowed;
    return online ? null : t('decision.offline');
  };
}

/** Back to the row, or to the panel's own heading where the list is hidden behind it. */
function rowOf(id: string): HTMLElement | null {
  const row = document.querySelector<HTMLElement>(`a[data-row-id="${CSS.escape(id)}"]`);
  return row?.offsetParent ? row : document.getElementById(PANEL_HEADING_ID);
}
