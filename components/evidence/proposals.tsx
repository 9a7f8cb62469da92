'use client';

import { useQuery } from '@tanstack/react-query';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { Desk, Proposal } from '#components/withdrawals/panel/desk.ts';
import { fieldOf, textOf } from './json.ts';

const EVERY_MS = 5_000;
/** How the second person opens what the first has proposed. */
const CONFIRMED_IN = { 'withdrawal.resolve': 'confirm', 'withdrawal.report_paid': 'report' } as const;

/** Proposals about the withdrawal that wait for a second person. */
export function Proposals({ id, desk }: { readonly id: string; readonly desk: Desk }) {
  const trpc = useTRPC();
  const open = useQuery(trpc.decisions.open.queryOptions({ subjectId: id }, { refetchInterval: EVERY_MS }));
  if (open.isError && !open.data) return <ErrorState error={open.error} onRetry={open.refetch} />;
  return open.data?.proposals.map((proposal) => {
    const sheet = Object.entries(CONFIRMED_IN).find(([action]) => action === proposal.action)?.[1];
    return (
      sheet && (
        <ProposalNotice
          key={proposal.id}
          proposal={proposal}
          roles={['finance', 'admin']}
          onConfirm={() => desk.open({ name: sheet, proposal })}
          onWithdraw={() => desk.open({ name: 'withdraw', proposal })}
        >
          {sheet === 'report' ? <ReportedBody proposal={proposal} /> : <ProposalBody proposal={proposal} />}
        </ProposalNotice>
      )
    );
  });
}

/** What the member is said to have been paid by. */
export function ReportedBody({ proposal: { body } }: { readonly proposal: Proposal }) {
  const t = useTranslations('withdrawals');
  const reference = textOf(body, 'reference') ?? '-';
  const paidAt = textOf(body, 'paidAt');
  return (
    <p className="[overflow-wrap:anywhere]">
      {t('report.said', { reference })} {paidAt && <ZonedTime at={paidAt} />}
    </p>
  );
}

/** What both would say, and why the first says so. */
export function ProposalBody({ proposal }: { readonly proposal: Proposal }) {
  const t = useTranslations('evidence');
  const tDual = useTranslations('dual');
  const reference = textOf(proposal.body, 'reference');
  return (
    <>
      <p>
        {reference ? t('outcome.paid', { reference }) : t(`outcome.${payAgainIn(proposal) ? 'again' : 'returned'}`)}
      </p>
      <p className="[overflow-wrap:anywhere]">{tDual('note', { note: proposal.note })}</p>
    </>
  );
}

export const payAgainIn = ({ body }: Proposal): boolean => fieldOf(body, 'payAgain') === true;
