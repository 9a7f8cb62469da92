import { useEffect, useRef, useState } from 'react';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { CSV_BEGINS } from '#components/ui/csv-text.ts';
import { saveFile } from '#components/ui/save-file.ts';
import type { AuditFilter, AuditSignedExportPart } from '#server/audit/contract.ts';
import { useCsv } from './use-csv.ts';

export type ExportKind = 'csv' | 'signed';

/** One part: what it adds to the file, and how to get the next one. */
interface Part {
  readonly text: string;
  readonly rows: number;
  readonly next: (() => Promise<Part>) | null;
}

interface Progress {
  readonly rows: number;
  readonly isRunning: boolean;
}

/** Fetches part after part and hands them to the browser as one file; ends when it is stopped or the page is left. */
export function useExport(fileName: (kind: ExportKind) => string) {
  const parts = useParts();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = useRef(0);
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );

  async function start(kind: ExportKind, filter: AuditFilter): Promise<void> {
    run.current += 1;
    const mine = run.current;
    const texts: string[] = kind === 'csv' ? [CSV_BEGINS, parts.head] : [];
    let rows = 0;
    setError(null);
    setProgress({ rows, isRunning: true });
    try {
      let next: Part['next'] = () => parts[kind](filter);
      while (next) {
        const part: Part = await next();
        if (run.current !== mine) return;
        texts.push(part.text);
        rows += part.rows;
        next = part.next;
        setProgress({ rows, isRunning: next !== null });
      }
      saveFile({ name: fileName(kind), type: TYPES[kind], parts: texts });
    } catch (failure) {
      if (run.current !== mine) return;
      setProgress(null);
      setError(failure);
    }
  }

  function stop(): void {
    run.current += 1;
    setProgress(null);
  }

  return { progress, error, start, stop };
}

const TYPES: Readonly<Record<ExportKind, string>> = { csv: 'text/csv;charset=utf-8', signed: 'application/jsonl' };

function useParts() {
  const client = useTRPCClient();
  const { head, line } = useCsv();
  const csv = async (filter: AuditFilter, cursor: string | null = null): Promise<Part> => {
    const { rows, nextCursor } = await client.audit.export.mutate({ filter, cursor });
    const next = nextCursor === null ? null : () => csv(filter, nextCursor);
    return { text: rows.map(line).join(''), rows: rows.length, next };
  };
  const signed = async (filter: AuditFilter, before: AuditSignedExportPart['after'] = null): Promise<Part> => {
    const { lines, rows, after } = await client.audit.exportSigned.mutate({ filter, after: before });
    return { text: `${lines.join('\n')}\n`, rows, next: after && (() => signed(filter, after)) };
  };
  return { head, csv, signed };
}
