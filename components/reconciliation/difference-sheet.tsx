'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { DifferenceView } from '#server/reconciliation/contract.ts';
import { DifferenceFacts } from './difference-facts.tsx';

interface DifferenceSheetProps {
  readonly difference: DifferenceView;
  readonly onClose: () => void;
}

/** For everybody who reads the list, whether they may explain it or not. */
export function DifferenceSheet({ difference, onClose }: DifferenceSheetProps) {
  const t = useTranslations('reconciliation');
  return (
    <Dialog title={t('differences.one')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <DifferenceFacts difference={difference} />
      </div>
    </Dialog>
  );
}
