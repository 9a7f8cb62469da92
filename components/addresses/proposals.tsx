'use client';

import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { Section } from '#components/ui/page-header.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import { Entry } from './entry.tsx';
import { proposedIn } from './proposed.ts';
import type { AddressSheet } from './sheet.ts';

interface ProposalsProps {
  readonly proposals: readonly OpenDecisionView[];
  readonly onOpen: (sheet: AddressSheet) => void;
}

/** What waits for a second person. */
export function Proposals({ proposals, onOpen }: ProposalsProps) {
  const t = useTranslations('addresses');
  if (proposals.length === 0) return null;
  return (
    <Section title={t('proposals')}>
      {proposals.map((proposal) => {
        const proposed = proposedIn(proposal);
        if (!proposed) return null;
        return (
          <ProposalNotice
            key={proposal.id}
            proposal={proposal}
            roles={['finance', 'admin']}
            onConfirm={() => onOpen({ name: 'confirm', proposal })}
            onWithdraw={() => onOpen({ name: 'take_back', proposal })}
          >
            <p className="font-medium [overflow-wrap:anywhere]">{proposed.label}</p>
            <Entry {...proposed} />
            <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
          </ProposalNotice>
        );
      })}
    </Section>
  );
}
