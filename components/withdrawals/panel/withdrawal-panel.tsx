'use client';

import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { OPEN_ATTEMPT_STATUSES } from '#server/withdrawals/statuses.ts';
import { VIEW_STATUSES } from '../search.ts';
import { Checks } from './checks.tsx';
import { DecisionArea } from './decision-area.tsx';
import { PanelHead } from './panel-head.tsx';
import { Approvals, Attempts, Legs } from './sections.tsx';
import { Summary } from './summary.tsx';
import { Timeline } from './timeline.tsx';

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
  const withdrawal = useQuery(
    trpc.withdrawals.get.queryOptions({ id }, { refetchInterval: ({ state }) => pollEvery(state.data) }),
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
          <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-4 sm:p-6">
            <Summary withdrawal={withdrawal.data} freshness={<Freshness query={withdrawal} />} />
            <Checks withdrawal={withdrawal.data} />
            <Approvals withdrawal={withdrawal.data} />
            <Legs withdrawal={withdrawal.data} />
            <Attempts withdrawal={withdrawal.data} />
            <Timeline withdrawal={withdrawal.data} />
          </div>
          <DecisionArea withdrawal={withdrawal.data} />
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

function pollEvery(withdrawal: WithdrawalView | undefined): number {
  if (!withdrawal) return RESTING_EVERY_MS;
  const open: readonly string[] = OPEN_ATTEMPT_STATUSES;
  const moving =
    VIEW_STATUSES.moving.includes(withdrawal.status) || withdrawal.attempts.some(({ status }) => open.includes(status));
  return moving ? MOVING_EVERY_MS : RESTING_EVERY_MS;
}
