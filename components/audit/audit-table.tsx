'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { AuditRowView } from '#server/audit/contract.ts';
import { ChangeList } from './change-list.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import { useAuditWords } from './use-audit-words.ts';

interface AuditTableProps {
  readonly rows: readonly AuditRowView[];
  readonly outdated: boolean;
  readonly onOpen: (id: string) => void;
}

export function AuditTable({ rows, outdated, onOpen }: AuditTableProps) {
  const t = useTranslations('audit');
  return (
    <Table
      caption={t('caption')}
      outdated={outdated}
      skimmed
      head={
        <>
          <Header>{t('columns.what')}</Header>
          <Header>{t('columns.at')}</Header>
          <Header>{t('columns.who')}</Header>
          <Header tight="second">{t('columns.about')}</Header>
          <Header tight="first">{t('columns.change')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <AuditRow key={row.id} row={row} onOpen={onOpen} />
      ))}
    </Table>
  );
}

function AuditRow({ row, onOpen }: Pick<AuditTableProps, 'onOpen'> & { readonly row: AuditRowView }) {
  const t = useTranslations('audit');
  const words = useAuditWords();
  return (
    <tr>
      <RowHeader label={t('columns.what')}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 py-2 max-[480px]:w-full max-[480px]:justify-between max-[480px]:py-0">
          <button
            type="button"
            onClick={() => onOpen(row.id)}
            className="min-h-8 text-start font-medium text-focus underline pointer-coarse:min-h-11"
          >
            {words.action(row)}
          </button>
          {row.outcome !== 'done' && <OutcomeBadge outcome={row.outcome} />}
        </span>
      </RowHeader>
      <Cell label={t('columns.at')}>
        <Time at={row.at} />
      </Cell>
      <Cell label={t('columns.who')}>
        <ActorName row={row} />
      </Cell>
      <Cell label={t('columns.about')} tight="second">
        <SubjectName row={row} />
      </Cell>
      <Cell label={t('columns.change')} tight="first" prose>
        <ChangeList row={row} brief />
        {row.reason && (
          <span className="line-clamp-3 text-ink-2 text-sm [overflow-wrap:anywhere]">{words.reason(row)}</span>
        )}
      </Cell>
    </tr>
  );
}

/** A person or a key by name, a process of ours by what it is. */
export function ActorName({ row: { actor } }: { readonly row: AuditRowView }) {
  const t = useTranslations('audit');
  if (actor.type === 'system' || actor.type === 'anonymous')
    return <span className="text-ink-2">{t(`actor.${actor.type}`)}</span>;
  return (
    <span className="inline-block min-w-[9ch] [overflow-wrap:anywhere]">
      {actor.name ?? t('actor.unknown')}
      {actor.type === 'api_key' && <span className="block text-ink-2 text-sm">{t('actor.api_key')}</span>}
    </span>
  );
}

export function SubjectName({ row: { subject } }: { readonly row: AuditRowView }) {
  const t = useTranslations('audit');
  return (
    <span className="inline-block min-w-[12ch] [overflow-wrap:anywhere]">
      {subject.label ?? t(`subject.${subject.type}`)}
      {subject.label && subject.type !== 'call' && (
        <span className="block text-ink-2 text-sm">{t(`subject.${subject.type}`)}</span>
      )}
    </span>
  );
}
