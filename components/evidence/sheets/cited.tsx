'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Choice, Choices } from '#components/ui/form.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Attempt } from '../candidates.ts';
import { textOf } from '../json.ts';

export const documentsOf = (attempt: Attempt | undefined) =>
  attempt?.evidence.filter(({ kind }) => kind === 'document') ?? [];

/** Which of the attached documents both people have looked at; their names go into the decision. */
export function CitedDocuments({
  attempt,
  problem,
}: {
  readonly attempt: Attempt | undefined;
  readonly problem: string | null;
}) {
  const t = useTranslations('evidence');
  const documents = documentsOf(attempt);
  return (
    <Choices legend={t('cited.title')} className="gap-1" problem={problem}>
      {documents.length === 0 && <p className="text-ink-3 text-sm">{t('cited.none')}</p>}
      {documents.map(({ id, at, body }) => (
        <Choice key={id} type="checkbox" name="evidence" value={id} defaultChecked>
          <span className="min-w-0 [overflow-wrap:anywhere]">{textOf(body, 'name')}</span>
          <Time at={at} className="text-ink-3 text-sm" />
        </Choice>
      ))}
    </Choices>
  );
}

export const citedIn = (form: FormData): string[] => form.getAll('evidence').map(String);
