'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Age } from '#components/ui/time.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';

interface TheirsProps {
  readonly proposal: OpenDecisionView;
  /** What was proposed. */
  readonly children?: ReactNode;
}

/** What the first person said, before the second confirms it as it stands. */
export function Theirs({ proposal, children }: TheirsProps) {
  const t = useTranslations('dual');
  return (
    <div className="flex flex-col gap-1 rounded-control bg-ground px-3 py-2">
      <p className="font-medium">
        {t('theirs', { name: proposal.proposedBy.name })} <Age at={proposal.proposedAt} />
      </p>
      <p className="[overflow-wrap:anywhere]">{t('note', { note: proposal.note })}</p>
      {children}
    </div>
  );
}
