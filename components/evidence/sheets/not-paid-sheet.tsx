'use client';

import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { Choice, Choices } from '#components/ui/form.tsx';
import { NoteSheet } from '#components/withdrawals/sheets/note-sheet.tsx';
import type { SheetProps } from '#components/withdrawals/sheets/use-decision.ts';
import { attemptInDoubt } from '../candidates.ts';
import { useEvidence } from '../use-evidence.ts';
import { CitedDocuments, citedIn } from './cited.tsx';
import { StandingProposal } from './standing-proposal.tsx';
import { useResolve } from './use-resolve.ts';

const THEN = ['returned', 'again'] as const;

/** The first of two people says that it was not paid, and what becomes of the money. */
export function NotPaidSheet(props: SheetProps) {
  const t = useTranslations('evidence');
  const resolve = useResolve();
  const { id } = props.current;
  const attempt = attemptInDoubt(useEvidence(id).data?.attempts ?? []);
  const [isMissing, setMissing] = useState(false);
  return (
    <NoteSheet
      {...props}
      title={t('notPaid.title')}
      lead={t('notPaid.lead')}
      look="danger"
      words={{ label: t('note'), hint: t('noteHint'), missing: t('noteMissing'), confirm: t('notPaid.propose') }}
      decisionOf={(note, form) => {
        const then = THEN.find((each) => each === form.get('then'));
        setMissing(!then);
        if (!then || note === '') return null;
        return resolve({ id, outcome: 'not_paid', payAgain: then === 'again', evidence: citedIn(form), note });
      }}
    >
      <StandingProposal id={id} />
      <Alone of="finance" />
      <Choices legend={t('notPaid.then')} className="gap-2" problem={isMissing ? t('notPaid.choose') : null}>
        {THEN.map((each) => (
          <Choice key={each} type="radio" name="then" value={each}>
            <span>
              {t(`notPaid.${each}.name`)}
              <span className="block text-ink-2 text-sm">{t(`notPaid.${each}.next`)}</span>
            </span>
          </Choice>
        ))}
      </Choices>
      <CitedDocuments attempt={attempt} problem={null} />
    </NoteSheet>
  );
}
