'use client';

import { Check, Info } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { AdjustLines } from '#components/corrections/adjust-lines.tsx';
import { adjustmentIn } from '#components/corrections/adjustment.ts';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { textOf } from '#components/evidence/json.ts';
import { useRefusal } from '#components/evidence/use-refusal.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOnline } from '#components/shell/use-online.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { IncidentDecision } from '#server/incidents/statuses.ts';
import type { IncidentDetailView } from '#server/resolution/contract.ts';
import type { IncidentOutcome } from './use-incident-decision.ts';

const DecideSheet = lazy(() => import('./decide-sheet.tsx').then((module) => ({ default: module.DecideSheet })));
const IncidentTakeBack = lazy(() =>
  import('./take-back-sheet.tsx').then((module) => ({ default: module.IncidentTakeBack })),
);

const AdjustSheet = lazy(() =>
  import('#components/corrections/adjust-sheet.tsx').then((module) => ({ default: module.AdjustSheet })),
);

type Sheet =
  | { readonly name: 'decide'; readonly decision: IncidentDecision; readonly proposal: OpenDecisionView | null }
  | { readonly name: 'adjust'; readonly proposal: OpenDecisionView | null }
  | { readonly name: 'take_back'; readonly proposal: OpenDecisionView };

/** What may be said of the incident, by two people; and what became of one's own word. */
export function IncidentDecisions({ incident }: { readonly incident: IncidentDetailView }) {
  const t = useTranslations('incidents');
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [outcome, setOutcome] = useState<IncidentOutcome | null>(null);
  const isOpen = incident.closedAt === null;
  if (!isOpen && !outcome) return null;
  const finish = {
    incident,
    onClose: () => setSheet(null),
    onOutcome: (done: IncidentOutcome) => {
      setOutcome(done);
      setSheet(null);
    },
  };
  const isDone = outcome === 'settled' || outcome === 'adjusted';
  return (
    <footer className="print-hidden flex flex-col gap-3 border-rule border-t bg-raised p-4 sm:px-6 lg:max-h-[60dvh] lg:overflow-y-auto">
      {outcome && (
        <Notice tone={isDone ? 'success' : 'info'} icon={isDone ? Check : Info}>
          {t(`done.${outcome}`)}
        </Notice>
      )}
      {isOpen && <Proposals incident={incident} onOpen={setSheet} />}
      {isOpen && <Actions incident={incident} onOpen={setSheet} />}
      <Suspense>
        {sheet?.name === 'decide' && <DecideSheet {...finish} decision={sheet.decision} proposal={sheet.proposal} />}
        {sheet?.name === 'adjust' && <AdjustSheet {...finish} proposal={sheet.proposal} />}
        {sheet?.name === 'take_back' && <IncidentTakeBack {...finish} proposal={sheet.proposal} />}
      </Suspense>
    </footer>
  );
}

interface PartProps {
  readonly incident: IncidentDetailView;
  readonly onOpen: (sheet: Sheet) => void;
}

/** What a first person has said of it, or wants to put right in the books because of it. */
function Proposals({ incident, onOpen }: PartProps) {
  const t = useTranslations('incidents');
  const tCorrections = useTranslations('corrections');
  return incident.proposals.map((proposal) => {
    const adjusts = proposal.action === 'ledger.adjust';
    const adjustment = adjusts ? adjustmentIn(proposal.body) : null;
    const decision = decisionIn(proposal, incident);
    if (!adjusts && !decision) return null;
    const confirm = () => {
      if (adjusts) onOpen({ name: 'adjust', proposal });
      else if (decision) onOpen({ name: 'decide', decision, proposal });
    };
    return (
      <ProposalNotice
        key={proposal.id}
        proposal={proposal}
        roles={adjusts ? ['admin'] : ['finance', 'admin']}
        onConfirm={confirm}
        onWithdraw={() => onOpen({ name: 'take_back', proposal })}
      >
        <p>{decision ? t(`decision.${decision}.name`) : tCorrections('adjust.name')}</p>
        {adjustment && <AdjustLines adjustment={adjustment} />}
        <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
      </ProposalNotice>
    );
  });
}

function Actions({ incident, onOpen }: PartProps) {
  const t = useTranslations('incidents');
  const tCorrections = useTranslations('corrections');
  const newcomer = useNewcomer();
  const online = useOnline();
  const refusal = useRefusal();
  const isAdmin = useHasRole('admin');
  const isProposed = incident.proposals.some(({ action }) => action === 'ledger.adjust');
  const offline = online ? null : t('offline');
  return (
    <div className="flex flex-wrap items-start gap-2">
      {incident.decisions.map(({ decision, allowed }) => (
        <Button
          key={decision}
          blockedBy={newcomer ?? offline ?? refusal(allowed)}
          onClick={() => onOpen({ name: 'decide', decision, proposal: null })}
        >
          {t(`decision.${decision}.name`)}
        </Button>
      ))}
      {!isProposed && (
        <Button
          blockedBy={isAdmin ? (newcomer ?? offline) : tCorrections('adjust.adminsOnly')}
          onClick={() => onOpen({ name: 'adjust', proposal: null })}
        >
          {tCorrections('adjust.name')}
        </Button>
      )}
    </div>
  );
}

const decisionIn = ({ action, body }: OpenDecisionView, { decisions }: IncidentDetailView) =>
  action === 'incident.decide'
    ? decisions.find(({ decision }) => decision === textOf(body, 'decision'))?.decision
    : undefined;
