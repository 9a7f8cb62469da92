'use client';

import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { TextField } from '#components/ui/field.tsx';
import { isReference } from '#components/ui/identifiers.ts';
import { NoteSheet } from '#components/withdrawals/sheets/note-sheet.tsx';
import type { SheetProps } from '#components/withdrawals/sheets/use-decision.ts';
import { attemptInDoubt, type Candidate } from '../candidates.ts';
import { useEvidence } from '../use-evidence.ts';
import { CitedDocuments, citedIn } from './cited.tsx';
import { StandingProposal } from './standing-proposal.tsx';
import { Unlisted } from './unlisted.tsx';
import { useResolve } from './use-resolve.ts';

/** The first of two people says that it was paid: by a row of the provider's list, or by a reference found elsewhere. */
export function PaidSheet({ candidate, ...props }: SheetProps & { readonly candidate: Candidate | null }) {
  const t = useTranslations('evidence');
  const resolve = useResolve();
  const { id, walletId } = props.current;
  const attempt = attemptInDoubt(useEvidence(id).data?.attempts ?? []);
  const [problems, setProblems] = useState({ reference: false, evidence: false });
  return (
    <NoteSheet
      {...props}
      title={t('paid.title')}
      lead={t('paid.lead')}
      words={{ label: t('note'), hint: t('noteHint'), missing: t('noteMissing'), confirm: t('paid.propose') }}
      decisionOf={(note, form) => {
        const reference = candidate?.reference ?? `${form.get('reference') ?? ''}`.trim();
        const evidence = [...(candidate ? [candidate.evidenceId] : []), ...citedIn(form)];
        // What the chain shows is read by the server itself; the pool's payments have no such receipt.
        const missing = { reference: !isReference(reference), evidence: evidence.length === 0 && walletId === null };
        setProblems(missing);
        if (missing.reference || missing.evidence || note === '') return null;
        return resolve({ id, outcome: 'paid', payAgain: false, reference, evidence, note });
      }}
    >
      <StandingProposal id={id} />
      <Alone of="finance" />
      {candidate ? (
        <p>
          {t('rows.reference')} <code className="[overflow-wrap:anywhere]">{candidate.reference}</code>
        </p>
      ) : (
        <>
          {walletId === null && <Unlisted />}
          <TextField
            label={t('paid.reference')}
            hint={t('paid.referenceHint')}
            name="reference"
            charsMax={128}
            required
            problem={problems.reference ? t('paid.referenceMissing') : null}
          />
        </>
      )}
      <CitedDocuments attempt={attempt} problem={problems.evidence ? t('cited.missing') : null} />
    </NoteSheet>
  );
}
