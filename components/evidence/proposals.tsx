'use client';

import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import type { Desk, Proposal } from '#components/withdrawals/panel/desk.ts';
import type { EvidenceView } from '#server/resolution/contract.ts';
import { fieldOf, textOf } from './json.ts';

/** Proposals about the withdrawal that wait for a second person. */
export function Proposals({ view, desk }: { readonly view: EvidenceView; readonly desk: Desk }) {
  return view.proposals
    .filter(({ action }) => action === 'withdrawal.resolve')
    .map((proposal) => (
      <ProposalNotice
        key={proposal.id}
        proposal={proposal}
        roles={['finance', 'admin']}
        onConfirm={() => desk.open({ name: 'confirm', proposal })}
        onWithdraw={() => desk.open({ name: 'withdraw', proposal })}
      >
        <ProposalBody proposal={proposal} />
      </ProposalNotice>
    ));
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
