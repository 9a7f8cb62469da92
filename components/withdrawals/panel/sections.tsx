'use client';

import { Check, Circle, CircleDashed, Contrast, ExternalLink, Undo2, X } from 'lucide-react';
import { useReasonWord } from '#components/evidence/use-reason-word.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Time } from '#components/ui/time.tsx';
import { UnknownMark } from '#components/ui/unknown-mark.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import {
  type AttemptStatus,
  FINAL_STATUSES,
  type LegStatus,
  type WithdrawalStatus,
} from '#server/withdrawals/statuses.ts';
import { partyWord } from '../words.ts';
import { PanelSection } from './panel-section.tsx';
import { QuorumState } from './quorum-state.tsx';

interface SectionProps {
  readonly withdrawal: WithdrawalView;
}

interface Look {
  readonly tone: Tone;
  readonly icon: IconShape;
}

export function Approvals({ withdrawal }: SectionProps) {
  const t = useTranslations('withdrawals');
  const { given, required } = withdrawal.approvals;
  const undecided = withdrawal.status === 'pending' || withdrawal.status === 'approved_pending';
  return (
    <PanelSection title={t('approvals.title')}>
      <p>
        {t('approvalCount', { given: given.length, required })}
        {undecided && (
          <span className="text-ink-2"> · {t(given.length > 0 ? 'approvals.another' : 'approvals.none')}</span>
        )}
      </p>
      <QuorumState withdrawal={withdrawal} />
      <ul className="flex flex-col gap-1">
        {given.map(({ operatorId, name, onBehalfOf, at, note }) => (
          <li key={operatorId} className="flex flex-wrap items-baseline gap-x-2">
            <Check aria-hidden size={14} className="self-center text-success" />
            <span className="font-medium">{name}</span>
            {onBehalfOf && <span className="text-ink-2">{t('approvals.onBehalfOf', { name: onBehalfOf.name })}</span>}
            <Time at={at} className="text-ink-3 text-sm" />
            {note && <span className="w-full pl-6 text-ink-2 [overflow-wrap:anywhere]">{note}</span>}
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

const LEG_LOOKS: Readonly<Record<LegStatus, Look>> = {
  waiting: { tone: 'neutral', icon: Circle },
  moving: { tone: 'info', icon: Contrast },
  done: { tone: 'success', icon: Check },
  failed: { tone: 'danger', icon: X },
  late: { tone: 'warning', icon: Check },
  taken_back: { tone: 'danger', icon: Undo2 },
  unknown: { tone: 'unknown', icon: UnknownMark },
  external: { tone: 'neutral', icon: ExternalLink },
  not_needed: { tone: 'neutral', icon: Check },
};

/** The way the money takes, leg by leg: the first being done says nothing about the second. */
export function Legs({ withdrawal }: SectionProps) {
  const t = useTranslations('withdrawals');
  return (
    <PanelSection title={t('legs.title')}>
      <ol className="flex flex-col gap-3">
        {withdrawal.legs.map(({ no, from, to, status, reference, at, reportedBy }) => (
          <li key={no} className="flex flex-col gap-1 border-rule border-l-2 pl-3">
            <span className="flex flex-wrap items-center gap-2">
              <span>{t('legs.way', { no, from: partyWord(t, from), to: partyWord(t, to) })}</span>
              <Badge {...LEG_LOOKS[status]}>{t(`legs.status.${status}`)}</Badge>
            </span>
            {reference && <Reference text={reference} />}
            {reportedBy && <span className="text-ink-2 text-sm">{t('legs.reportedBy', { name: reportedBy })}</span>}
            {at && <Time at={at} className="text-ink-3 text-sm" />}
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}

const ATTEMPT_LOOKS: Readonly<Record<AttemptStatus, Look>> = {
  dispatching: { tone: 'info', icon: CircleDashed },
  submitted: { tone: 'info', icon: Contrast },
  'pending-transit': { tone: 'info', icon: Contrast },
  unknown: { tone: 'unknown', icon: UnknownMark },
  not_executed: { tone: 'neutral', icon: X },
  confirmed: { tone: 'success', icon: Check },
};

export function Attempts({ withdrawal }: SectionProps) {
  const t = useTranslations('withdrawals');
  const reasonWord = useReasonWord();
  return (
    <PanelSection title={t('attempts.title')}>
      {withdrawal.attempts.length === 0 && (
        <p className="text-ink-2">{t(isOver(withdrawal.status) ? 'attempts.never' : 'attempts.none')}</p>
      )}
      <ol className="flex flex-col gap-3">
        {withdrawal.attempts.map(({ id, no, status, reference, startedAt, error, late }) => (
          <li key={id} className="flex flex-col gap-1 border-rule border-l-2 pl-3">
            <span className="flex flex-wrap items-center gap-2">
              <span>{t('attempts.no', { no })}</span>
              {late ? (
                <Badge {...LEG_LOOKS.late}>{t('legs.status.late')}</Badge>
              ) : (
                <Badge {...ATTEMPT_LOOKS[status]}>{t(`attempts.status.${status}`)}</Badge>
              )}
              <Time at={startedAt} className="text-ink-3 text-sm" />
            </span>
            {reference && <Reference text={reference} />}
            {error && (
              <details>
                <summary className="text-ink-2 text-sm">{t('attempts.answer')}</summary>
                <p className="mt-1 text-sm [overflow-wrap:anywhere]">{reasonWord(error)}</p>
              </details>
            )}
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}

const OVER: readonly WithdrawalStatus[] = FINAL_STATUSES;
const isOver = (status: WithdrawalStatus): boolean => OVER.includes(status);

function Reference({ text }: { readonly text: string }) {
  const t = useTranslations('withdrawals');
  return (
    <span className="inline-flex items-center gap-1">
      <span className="text-ink-3 text-sm">{t('legs.reference')}</span>
      <span className="font-mono text-sm [overflow-wrap:anywhere]">{text}</span>
      <CopyButton text={text} label={t('legs.reference')} />
    </span>
  );
}
