'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import type { AuditRowView } from '#server/audit/contract.ts';
import { type Change, changesOf } from './changes.ts';
import { useAuditWords } from './use-audit-words.ts';

interface ChangeListProps {
  readonly row: AuditRowView;
  /** Only what has a name that people use, and is said in a word. */
  readonly brief?: boolean;
}

const BRIEF_MAX = 3;

export function ChangeList({ row, brief = false }: ChangeListProps) {
  const words = useAuditWords();
  const all = changesOf(row);
  const changes = brief
    ? all.filter(({ field, after }) => words.isKnown(field) && !after?.startsWith('{')).slice(0, BRIEF_MAX)
    : all;
  if (changes.length === 0) return brief ? <span className="text-ink-3">-</span> : null;
  return (
    <ul className="m-0 flex list-none flex-col gap-1 p-0 py-1">
      {changes.map((change) => (
        <ChangeItem key={change.field} change={change} />
      ))}
    </ul>
  );
}

function ChangeItem({ change }: { readonly change: Change }) {
  const t = useTranslations('audit');
  const words = useAuditWords();
  const { field, before, after } = change;
  return (
    <li className="[overflow-wrap:anywhere]">
      <span className="text-ink-2 text-sm">{words.field(field)}</span>{' '}
      {before !== null && (
        <>
          <span className="text-ink-2">{words.value(change, before)}</span>{' '}
          <ArrowRight aria-hidden size={14} className="inline" />
          <span className="sr-only">{t('becomes')}</span>{' '}
        </>
      )}
      <span className="font-medium">{after === null ? t('nothing') : words.value(change, after)}</span>
    </li>
  );
}
