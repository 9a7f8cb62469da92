'use client';

import { CircleHelp, HeartPulse, LogOut, TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { SystemStatusView } from '#server/system/contract.ts';

export function QueueTable({ queues }: { readonly queues: SystemStatusView['queues'] }) {
  const t = useTranslations('status');
  return (
    <Table
      caption={t('queues.title')}
      head={
        <>
          <Header>{t('queues.name')}</Header>
          <Header numeric>{t('queues.due')}</Header>
          <Header numeric>{t('queues.active')}</Header>
          <Header numeric>{t('queues.later')}</Header>
          <Header>{t('queues.oldest')}</Header>
        </>
      }
    >
      {queues.map(({ queue, due, active, later, oldestDueAt }) => (
        <tr key={queue}>
          <RowHeader label={t('queues.name')}>
            <QueueName queue={queue} />
          </RowHeader>
          <Cell label={t('queues.due')} numeric>
            {due}
          </Cell>
          <Cell label={t('queues.active')} numeric>
            {active}
          </Cell>
          <Cell label={t('queues.later')} numeric>
            {later}
          </Cell>
          <Cell label={t('queues.oldest')}>{oldestDueAt ? <Age at={oldestDueAt} /> : '-'}</Cell>
        </tr>
      ))}
    </Table>
  );
}

/** What the work is, and below it what the log calls it. */
function QueueName({ queue }: { readonly queue: string }) {
  const t = useTranslations('status');
  const work = `queues.work.${queue}` as 'queues.work.jobs.rearm';
  if (!t.has(work)) return <code>{queue}</code>;
  return (
    <span className="inline-flex flex-col py-1">
      {t(work)}
      <code className="font-normal text-ink-3 text-xs">{queue}</code>
    </span>
  );
}

type Worker = SystemStatusView['workers'][number];
const WORKER_LOOK: Readonly<Record<Worker['state'], { tone: Tone; icon: IconShape }>> = {
  answering: { tone: 'success', icon: HeartPulse },
  gone: { tone: 'neutral', icon: LogOut },
  not_proven: { tone: 'unknown', icon: CircleHelp },
};

export function WorkerTable({ workers }: { readonly workers: readonly Worker[] }) {
  const t = useTranslations('status');
  if (workers.length === 0) return <p className="text-danger">{t('workers.none')}</p>;
  return (
    <Table
      caption={t('workers.title')}
      head={
        <>
          <Header>{t('workers.name')}</Header>
          <Header>{t('workers.state')}</Header>
          <Header>{t('workers.seen')}</Header>
          <Header>{t('workers.started')}</Header>
        </>
      }
    >
      {workers.map((worker) => (
        <tr key={worker.name}>
          <RowHeader label={t('workers.name')}>
            <span className="[overflow-wrap:anywhere]">
              {worker.host} · {worker.processId}
            </span>
          </RowHeader>
          <Cell label={t('workers.state')}>
            <Badge {...WORKER_LOOK[worker.state]}>{t(`workers.states.${worker.state}`)}</Badge>
          </Cell>
          <Cell label={t('workers.seen')}>
            <Age at={worker.seenAt} />
          </Cell>
          <Cell label={t('workers.started')}>
            <ZonedTime at={worker.startedAt} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

export function Facts({ status }: { readonly status: SystemStatusView }) {
  const t = useTranslations('status');
  const { database, sealedKeys, keptHeads } = status;
  return (
    <dl className="grid gap-x-6 gap-y-2 rounded-card border border-rule bg-surface p-4 sm:grid-cols-[max-content_1fr]">
      <dt className="text-ink-2">{t('facts.migration')}</dt>
      <dd className="[overflow-wrap:anywhere]">{database.migration}</dd>
      <dt className="text-ink-2">{t('facts.clock')}</dt>
      <dd>
        <ZonedTime at={database.now} /> · {t('facts.offset', { ms: String(database.offsetMs) })}
      </dd>
      <dt className="text-ink-2">{t('facts.sealed')}</dt>
      <dd>
        {sealedKeys.length === 0
          ? t('facts.nothingSealed')
          : sealedKeys.map(({ keyId, count, state }) => (
              <span key={keyId} className="mr-4 inline-block">
                {t(`facts.states.${state}`, { key: keyId, count: String(count) })}
              </span>
            ))}
      </dd>
      <dt className="text-ink-2">{t('facts.heads')}</dt>
      <dd>
        {keptHeads.length === 0 && t('facts.noHeads')}
        {keptHeads.map((head) => (
          <KeptHead key={head.target} head={head} />
        ))}
      </dd>
    </dl>
  );
}

function KeptHead({ head }: { readonly head: SystemStatusView['keptHeads'][number] }) {
  const t = useTranslations('status');
  const { target, keptAt, rowsBehind, isLate } = head;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span>{t(`facts.headPlaces.${target}`)}</span>
      {keptAt ? <Age at={keptAt} /> : <span>{t('facts.headNever')}</span>}
      {keptAt && <span>· {t('facts.headBehind', { rows: String(rowsBehind) })}</span>}
      {isLate && (
        <Badge tone="warning" icon={TriangleAlert}>
          {t('facts.headLate')}
        </Badge>
      )}
    </span>
  );
}
