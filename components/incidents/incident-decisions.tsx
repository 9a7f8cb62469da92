'use client';

import { Check, Info } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { textOf } from '#components/evidence/json.ts';
import { useRefusal } from '#components/evidence/use-refusal.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOnline } from '#components/shell/use-online.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { IncidentDecision } from '#server/incidents/statuses.ts';
import type { IncidentDetailView } from '#server/resolution/contract.ts';
import type { IncidentOutcome } from './use-incident-decision.ts';

const DecideSheet = lazy(() => import('./decide-sheet.tsx').then((module) => ({ default: module.DecideSheet })));
const TakeBackSheet = lazy(() => import('./take-back-sheet.tsx').then((module) => ({ default: module.TakeBackSheet })));

type Sheet =
  | { readonly name: 'decide'; readonly decision: IncidentDecision; readonly proposal: OpenDecisionView | null }
  | { readonly name: 'take_back'; readonly proposal: OpenDecisionView };

/** What may be said of the incident, by two people; and what became of one's own word. */
export function IncidentDecisions({ incident }: { readonly incident: IncidentDetailView }) {
  const t = useTranslations('incidents');
  const online = useOnline();
  const refusal = useRefusal();
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [outcome, setOutcome] = useState<IncidentOutcome | null>(null);
  const isOpen = incident.closedAt === null;
  if (!isOpen && !outcome) return null;
  const finish = {
    onClose: () => setSheet(null),
    onOutcome: (done: IncidentOutcome) => {
      setOutcome(done);
      setSheet(null);
    },
  };
  const proposals = incident.proposals.filter(({ action }) => action === 'incident.decide');
  return (
    <footer className="print-hidden flex flex-col gap-3 border-rule border-t bg-raised p-4 max-lg:sticky max-sm:bottom-14 sm:max-lg:bottom-0 sm:px-6">
      {outcome && (
        <Notice tone={outcome === 'settled' ? 'success' : 'info'} icon={outcome === 'settled' ? Check : Info}>
          {t(`done.${outcome}`)}
        </Notice>
      )}
      {isOpen &&
        proposals.map((proposal) => {
          const decision = decisionIn(proposal, incident);
          return (
            <ProposalNotice
              key={proposal.id}
              proposal={proposal}
              roles={['finance', 'admin']}
              onConfirm={() => decision && setSheet({ name: 'decide', decision, proposal })}
              onWithdraw={() => setSheet({ name: 'take_back', proposal })}
            >
              {decision && <p>{t(`decision.${decision}.name`)}</p>}
              <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
            </ProposalNotice>
          );
        })}
      {isOpen && (
        <div className="flex flex-wrap items-start gap-2">
          {incident.decisions.map(({ decision, allowed }) => (
            <Button
              key={decision}
              blockedBy={online ? refusal(allowed) : t('offline')}
              onClick={() => setSheet({ name: 'decide', decision, proposal: null })}
            >
              {t(`decision.${decision}.name`)}
            </Button>
          ))}
        </div>
      )}
      {sheet?.name === 'decide' && (
        <Suspense>
          <DecideSheet {...finish} incident={incident} decision={sheet.decision} proposal={sheet.proposal} />
        </Suspense>
      )}
      {sheet?.name === 'take_back' && (
        <Suspense>
          <TakeBackSheet {...finish} incident={incident} proposal={sheet.proposal} />
        </Suspense>
      )}
    </footer>
  );
}

const decisionIn = ({ body }: OpenDecisionView, { decisions }: IncidentDetailView): IncidentDecision | undefined =>
  decisions.find(({ decision }) => decision === textOf(body, 'decision'))?.decision;
