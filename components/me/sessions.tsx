'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age, Time } from '#components/ui/time.tsx';
import type { SessionView } from '#server/operators/contract.ts';
import { deviceName } from './device-name.ts';

/** Where the person is signed in. What is ended is refused from its next request on. */
export function Sessions() {
  const t = useTranslations('me');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const list = useQuery(trpc.sessions.list.queryOptions({}));
  const onSuccess = async () => {
    await queries.invalidateQueries({ queryKey: trpc.sessions.list.pathKey() });
    announce(t('sessions.ended'));
  };
  const end = useMutation(trpc.sessions.end.mutationOptions({ onSuccess }));
  const endOthers = useMutation(trpc.sessions.endOthers.mutationOptions({ onSuccess }));
  const failed = end.error ?? endOthers.error;
  const rows = list.data?.rows ?? [];
  return (
    <Section
      title={t('sessions.title')}
      aside={
        rows.length > 1 && (
          <Button look="danger" aria-disabled={endOthers.isPending} onClick={() => endOthers.mutate({})}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <p className="text-ink-2">{t('sessions.lead')}</p>
      {failed && <FailureNote failure={readFailure(failed)} />}
      {list.isPending && <Loading rows={2} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {rows.length > 0 && <SessionTable rows={rows} onEnd={(id) => end.mutate({ id })} />}
    </Section>
  );
}

interface SessionTableProps {
  readonly rows: readonly SessionView[];
  readonly onEnd: (id: string) => void;
}

function SessionTable({ rows, onEnd }: SessionTableProps) {
  const t = useTranslations('me');
  const nameOf = ({ userAgent }: SessionView) => deviceName(userAgent) ?? t('sessions.unknownDevice');
  return (
    <Table
      caption={t('sessions.title')}
      head={
        <>
          <Header>{t('sessions.device')}</Header>
          <Header>{t('sessions.address')}</Header>
          <Header tight="first">{t('sessions.since')}</Header>
          <Header>{t('sessions.lastSeen')}</Header>
          <Header>{t('actions')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('sessions.device')}>{nameOf(row)}</RowHeader>
          <Cell label={t('sessions.address')}>
            <span className="font-mono text-sm [overflow-wrap:anywhere]">{row.ip ?? '-'}</span>
          </Cell>
          <Cell label={t('sessions.since')} tight="first">
            <Time at={row.createdAt} />
          </Cell>
          <Cell label={t('sessions.lastSeen')}>
            {row.isThis ? <span className="font-medium">{t('sessions.this')}</span> : <Age at={row.lastSeenAt} />}
          </Cell>
          <Cell label={t('actions')}>
            {row.isThis ? (
              <span className="text-ink-3">-</span>
            ) : (
              <Button
                look="danger"
                aria-label={`${t('sessions.end')}: ${nameOf(row)} ${row.ip ?? ''}`}
                onClick={() => onEnd(row.id)}
              >
                {t('sessions.end')}
              </Button>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
