import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { csvLine } from '#components/ui/csv-text.ts';
import { formatInstant, zoneName } from '#components/ui/time-text.ts';
import type { AuditRowView } from '#server/audit/contract.ts';
import { useAuditWords } from './use-audit-words.ts';

/** A row as the screen names it, and beside that everything as it was recorded. */
export function useCsv() {
  const t = useTranslations('audit');
  const { zone } = usePreferences();
  const words = useAuditWords();
  const head = csvLine([
    ...[t('export.at', { zone: zoneName(zone) }), t('export.utc')],
    ...[t('columns.what'), t('detail.code'), t('columns.outcome')],
    ...[t('columns.who'), t('export.actorKind'), t('detail.actorId')],
    ...[t('columns.about'), t('export.subjectKind'), t('detail.subjectId')],
    ...[t('detail.reason'), t('export.before'), t('export.after')],
    ...[t('detail.ip'), t('detail.session'), t('detail.request'), t('detail.row'), t('detail.chain')],
  ]);
  const line = (row: AuditRowView): string => {
    const { actor, subject } = row;
    const actorKind = actor.type === 'operator' ? t('subject.operator') : t(`actor.${actor.type}`);
    return csvLine([
      ...[formatInstant(row.at, zone), row.at],
      ...[words.action(row), row.action, t(`outcome.${row.outcome}`)],
      ...[actor.name, actorKind, actor.id],
      ...[subject.label, t(`subject.${subject.type}`), subject.id],
      ...[words.reason(row), recorded(row.before), recorded(row.after)],
      ...[row.ip, row.sessionId, row.requestId, row.id, row.position?.toString() ?? null],
    ]);
  };
  return { head, line };
}

const recorded = (value: AuditRowView['before']): string | null => (value === null ? null : JSON.stringify(value));
