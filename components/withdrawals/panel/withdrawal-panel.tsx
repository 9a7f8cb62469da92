'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { LatePart } from '#components/ui/late-part.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { OPEN_ATTEMPT_STATUSES } from '#server/withdrawals/statuses.ts';
import { VIEW_STATUSES } from '../search.ts';
import { Checks } from './checks.tsx';
import { DecisionArea } from './decision-area.tsx';
import type { Desk, Sheet } from './desk.ts';
import { Facts } from './facts.tsx';
import type { Note } from './note.ts';
import { PanelHead } from './panel-head.tsx';
import { RiskFindings } from './risk-findings.tsx';
import { Approvals, Attempts, Legs } from './sections.tsx';
import { Summary } from './summary.tsx';
import { Timeline } from './timeline.tsx';

const Proposals = lazy(() =>
  import('#components/evidence/proposals.tsx').then((module) => ({ default: module.Proposals })),
);
const Evidence = lazy(() =>
  import('#components/evidence/evidence.tsx').then((module) => ({ default: module.Evidence })),
);

const MOVING_EVERY_MS = 2_000;
const RESTING_EVERY_MS = 10_000;

interface WithdrawalPanelProps {
  readonly id: string;
  readonly onClose: () => void;
  /** Set by whoever opened it on purpose; walking through the rows leaves the focus in the list. */
  readonly takesFocus: RefObject<boolean>;
}

export function WithdrawalPanel({ id, onClose, takesFocus }: WithdrawalPanelProps) {
  const t = useTranslations('withdrawals');
  const trpc = useTRPC();
  const heading = useRef<HTMLHeadingElement>(null);
  const desk = useDesk();
  const withdrawal = useQuery(
    trpc.withdrawals.get.queryOptions(
      { id },
      // Whoever is about to decide is told at once that a colleague was quicker.
      { refetchInterval: ({ state }) => (desk.sheet ? MOVING_EVERY_MS : pollEvery(state.data)) },
    ),
  );

  useEffect(() => {
    if (takesFocus.current) heading.current?.focus();
    takesFocus.current = false;
  }, [takesFocus]);

  return (
    <aside
      data-keys
      aria-label={t('panel.label')}
      className="print-whole slide-in flex min-w-0 flex-col self-start rounded-card border border-rule bg-raised lg:sticky lg:top-20 lg:max-h-[calc(100dvh-152px)]"
    >
      <PanelHead headingRef={heading} memberId={withdrawal.data?.memberId ?? null} onClose={onClose} />
      {withdrawal.data ? (
        <>
          <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4 sm:px-6">
            <Summary withdrawal={withdrawal.data} freshness={<Freshness query={withdrawal} />} />
            {withdrawal.data.attempts.length > 0 && (
              <LatePart>
                <Proposals id={id} desk={desk} />
                <Evidence id={id} isOpen={withdrawal.data.status === 'manual-review'} desk={desk} />
              </LatePart>
            )}
            <Checks withdrawal={withdrawal.data} />
            <Approvals withdrawal={withdrawal.data} />
            <RiskFindings withdrawal={withdrawal.data} />
            <Facts withdrawal={withdrawal.data} />
            <Legs withdrawal={withdrawal.data} />
            <Attempts withdrawal={withdrawal.data} />
            <Timeline withdrawal={withdrawal.data} />
          </div>
          <DecisionArea withdrawal={withdrawal.data} desk={desk} />
        </>
      ) : (
        <div className="p-4">
          {withdrawal.isPending ? (
            <Loading rows={6} />
          ) : (
            <ErrorState error={withdrawal.error} onRetry={withdrawal.refetch} />
          )}
        </div>
      )}
    </aside>
  );
}

function useDesk(): Desk {
  const [sheet, open] = useState<Sheet | null>(null);
  const [note, say] = useState<Note | null>(null);
  return { sheet, note, open, say };
}

function pollEvery(withdrawal: WithdrawalView | undefined): number {
  if (!withdrawal) return RESTING_EVERY_MS;
  const open: readonly string[] = OPEN_ATTEMPT_STATUSES;
  const moving =
    VIEW_STATUSES.moving.includes(withdrawal.status) || withdrawal.attempts.some(({ status }) => open.includes(status));
  return moving ? MOVING_EVERY_MS : RESTING_EVERY_MS;
}
