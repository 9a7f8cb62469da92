'use client';

import { Theirs } from '#components/dual/theirs.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import type { Proposal } from '#components/withdrawals/panel/desk.ts';
import { NoteSheet } from '#components/withdrawals/sheets/note-sheet.tsx';
import type { SheetProps } from '#components/withdrawals/sheets/use-decision.ts';
import { attemptInDoubt } from '../candidates.ts';
import { listOf, textOf } from '../json.ts';
import { payAgainIn } from '../proposals.tsx';
import { useEvidence } from '../use-evidence.ts';
import { Unlisted } from './unlisted.tsx';
import { useResolve } from './use-resolve.ts';

/** The second person confirms exactly what the first proposed: with this it is final. */
export function ConfirmSheet({ proposal, ...props }: SheetProps & { readonly proposal: Proposal }) {
  const t = useTranslations('evidence');
  const resolve = useResolve();
  const { id } = props.current;
  const seen = useEvidence(id).data;
  const attempt = attemptInDoubt(seen?.attempts ?? []);
  const reference = textOf(proposal.body, 'reference');
  const payAgain = payAgainIn(proposal);
  const evidence = listOf(proposal.body, 'evidence').map(String);
  const cited = attempt?.evidence.filter((each) => evidence.includes(each.id)) ?? [];
  const outcome = reference ? 'paid' : payAgain ? 'again' : 'returned';
  return (
    <NoteSheet
      {...props}
      title={t(`confirm.${outcome}.title`)}
      lead={t(`confirm.${outcome}.next`)}
      look={reference ? 'primary' : 'danger'}
      words={{
        label: t('note'),
        hint: t('noteHint'),
        missing: t('noteMissing'),
        confirm: t(`confirm.${outcome}.button`),
      }}
      decisionOf={(note) => {
        if (note === '') return null;
        const call = { id, evidence, note, payAgain };
        return resolve(reference ? { ...call, outcome: 'paid', reference } : { ...call, outcome: 'not_paid' });
      }}
    >
      {reference && seen?.unlisted.includes(reference) && <Unlisted reference={reference} />}
      <Theirs proposal={proposal}>
        {reference && (
          <p>
            {t('rows.reference')} <code className="[overflow-wrap:anywhere]">{reference}</code>
          </p>
        )}
        {cited.length > 0 && (
          <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">
            {t('cited.title')}:{' '}
            {cited
              .map(({ body, kind }) => textOf(body, 'name') ?? t(kind === 'history' ? 'rows.title' : 'records.title'))
              .join(', ')}
          </p>
        )}
      </Theirs>
    </NoteSheet>
  );
}
