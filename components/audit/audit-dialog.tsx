'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { AuditRowView } from '#server/audit/contract.ts';
import { ActorName, SubjectName } from './audit-table.tsx';
import { ChangeList } from './change-list.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import { useAuditWords } from './use-audit-words.ts';

/** Everything that was recorded of it, to the last id. */
export function AuditDialog({ row, onClose }: { readonly row: AuditRowView; readonly onClose: () => void }) {
  const t = useTranslations('audit');
  const words = useAuditWords();
  return (
    <Dialog title={words.action(row)} onClose={onClose}>
      <dl className="grid grid-cols-[max-content_1fr] items-baseline gap-x-4 gap-y-2">
        <Fact name={t('columns.outcome')}>
          <OutcomeBadge outcome={row.outcome} />
        </Fact>
        <Fact name={t('columns.at')}>
          <ZonedTime at={row.at} />
        </Fact>
        <Fact name={t('columns.who')}>
          <ActorName row={row} />
        </Fact>
        <Fact name={t('columns.about')}>
          <SubjectName row={row} />
        </Fact>
        {row.reason && <Fact name={t('detail.reason')}>{words.reason(row)}</Fact>}
        {(row.before !== null || row.after !== null) && (
          <Fact name={t('columns.change')}>
            <ChangeList row={row} />
          </Fact>
        )}
        <Id name={t('detail.ip')}>{row.ip}</Id>
        <Id name={t('detail.code')}>{row.action}</Id>
        <Id name={t('detail.subjectId')}>{row.subject.id}</Id>
        <Id name={t('detail.actorId')}>{row.actor.id}</Id>
        <Id name={t('detail.session')}>{row.sessionId}</Id>
        <Id name={t('detail.request')}>{row.requestId}</Id>
        <Id name={t('detail.row')}>{row.id}</Id>
        <Fact name={t('detail.chain')}>
          {row.position === null ? t('detail.notYet') : t('detail.position', { position: row.position })}
        </Fact>
      </dl>
      <DialogActions>
        <Button onClick={onClose}>{t('detail.back')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2 text-sm">{name}</dt>
      <dd className="m-0 min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function Id({ name, children }: { readonly name: string; readonly children: string | null }) {
  if (children === null) return null;
  return (
    <Fact name={name}>
      <span className="font-mono text-sm">{children}</span>
    </Fact>
  );
}
