'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, FileCheck } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { formatInstant } from '#components/ui/time-text.ts';
import type { AuditFilter } from '#server/audit/contract.ts';
import { type ExportKind, useExport } from './use-export.ts';

interface ExportBarProps {
  readonly filter: AuditFilter;
  readonly seesAll: boolean;
}

/** Takes away what the filter shows: as a table for everybody, signed for those who see everything. */
export function ExportBar({ filter, seesAll }: ExportBarProps) {
  const t = useTranslations('audit');
  const { zone } = usePreferences();
  const fileName = (kind: ExportKind) => {
    const at = formatInstant(new Date().toISOString(), zone).replaceAll(/[-:]/g, '').replace(' ', '-');
    return `${t('export.name')}-${at}.${kind === 'csv' ? 'csv' : 'jsonl'}`;
  };
  const { progress, error, start, stop } = useExport(fileName);
  const isRunning = progress?.isRunning === true;
  const begin = (kind: ExportKind) => () => !isRunning && void start(kind, filter);
  return (
    <div className="print-hidden flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-3">
        <Button aria-disabled={isRunning} onClick={begin('csv')}>
          <Download aria-hidden size={16} />
          {t('export.csv')}
        </Button>
        {seesAll && <SignedExport isRunning={isRunning} onStart={begin('signed')} />}
        {isRunning && (
          <Button look="quiet" onClick={stop}>
            {t('export.stop')}
          </Button>
        )}
      </div>
      <p aria-live="polite" className="m-0 text-ink-2 text-sm empty:hidden">
        {progress && t(isRunning ? 'export.progress' : 'export.done', { rows: progress.rows })}
      </p>
      {error !== null && <FailureNote failure={readFailure(error)} isHarmless />}
    </div>
  );
}

function SignedExport({ isRunning, onStart }: { readonly isRunning: boolean; readonly onStart: () => void }) {
  const t = useTranslations('audit');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.audit.signing.queryOptions({}));
  if (!data) return null;
  return (
    <>
      <Button blockedBy={data.key ? null : t('export.blocked')} aria-disabled={isRunning} onClick={onStart}>
        <FileCheck aria-hidden size={16} />
        {t('export.signed')}
      </Button>
      {data.key && (
        <details className="min-w-0 basis-full text-sm">
          <summary className="min-h-8 cursor-pointer content-center text-ink-2 pointer-coarse:min-h-11">
            {t('export.key')}
          </summary>
          <p className="m-0 text-ink-2">{t('export.keyHint')}</p>
          <p className="m-0 flex items-center gap-2">
            <span className="min-w-0 font-mono [overflow-wrap:anywhere]">{data.key.spki}</span>
            <CopyButton text={data.key.spki} label={t('export.key')} />
          </p>
        </details>
      )}
    </>
  );
}
