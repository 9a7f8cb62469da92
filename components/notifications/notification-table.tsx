'use client';

import { Check, ChevronsUp } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { readFailure } from '#components/trpc/failure.ts';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { Button } from '#components/ui/button.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age, Time } from '#components/ui/time.tsx';
import { StatusBadge } from '#components/withdrawals/status-badge.tsx';
import type { NotificationView } from '#server/notifications/contract.ts';
import { SeverityBadge } from './severity-badge.tsx';
import { useAcknowledge } from './use-acknowledge.ts';
import { useWhyNotMine } from './use-why-not-mine.ts';

interface NotificationTableProps {
  readonly rows: readonly NotificationView[];
  readonly outdated: boolean;
  readonly onOpen: (id: string) => void;
}

export function NotificationTable({ rows, outdated, onOpen }: NotificationTableProps) {
  const t = useTranslations('notifications');
  const decimals = decimalsOf(rows.map(({ amount }) => amount));
  return (
    <Table
      caption={t('caption')}
      outdated={outdated}
      head={
        <>
          <Header>{t('columns.what')}</Header>
          <Header numeric>{t('columns.amount')}</Header>
          <Header tight="second">{t('columns.now')}</Header>
          <Header tight="first">{t('columns.at')}</Header>
          <Header tight="first">{t('columns.owner')}</Header>
          <Header>{t('columns.action')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <NotificationRow key={row.id} row={row} decimals={decimals} onOpen={onOpen} />
      ))}
    </Table>
  );
}

interface NotificationRowProps {
  readonly row: NotificationView;
  readonly decimals: number;
  readonly onOpen: (id: string) => void;
}

function NotificationRow({ row, decimals, onOpen }: NotificationRowProps) {
  const t = useTranslations('notifications');
  return (
    <tr>
      <RowHeader label={t('columns.what')}>
        <What row={row} onOpen={onOpen} />
      </RowHeader>
      <Cell label={t('columns.amount')} numeric>
        {row.asset && row.amount ? (
          <span className="inline-flex items-center gap-2">
            <AssetChip asset={row.asset} />
            <Amount value={row.amount} decimals={decimals} />
          </span>
        ) : (
          <span className="text-ink-3">-</span>
        )}
      </Cell>
      <Cell label={t('columns.now')} tight="second">
        {row.withdrawal ? <StatusBadge {...row.withdrawal} /> : <span className="text-ink-3">-</span>}
      </Cell>
      <Cell label={t('columns.at')} tight="first">
        <Age at={row.at} />
      </Cell>
      <Cell label={t('columns.owner')} tight="first">
        {row.assigned ? row.assigned.to.name : <span className="text-ink-3">{t('noOwner')}</span>}
      </Cell>
      <Cell label={t('columns.action')}>
        <Acknowledgement row={row} />
      </Cell>
    </tr>
  );
}

/** How urgent, what, and of whom; the name opens the rest. */
function What({ row, onOpen }: Pick<NotificationRowProps, 'row' | 'onOpen'>) {
  const t = useTranslations('notifications');
  const reasonText = useReasonText();
  const what = t(`type.${row.type}`);
  const name = row.memberId ? `${what} ${row.memberId}` : what;
  return (
    <span className="flex flex-col items-start gap-0.5 py-2 text-start max-[480px]:items-end max-[480px]:text-end">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 max-[480px]:justify-end">
        <SeverityBadge severity={row.severity} />
        <button
          type="button"
          onClick={() => onOpen(row.id)}
          aria-label={t('open', { what: name })}
          className="min-h-8 text-start font-medium text-focus underline pointer-coarse:min-h-11"
        >
          {what}
        </button>
        {row.escalated && (
          <span className="inline-flex items-center gap-1 font-medium text-danger text-sm">
            <ChevronsUp aria-hidden size={14} />
            {t('escalatedMark')}
          </span>
        )}
      </span>
      <span className="font-normal text-ink-2 text-sm [overflow-wrap:anywhere]">
        {[row.memberId, row.subject.type === 'mining' && row.subject.id, row.reason && reasonText(row.reason)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  );
}

function Acknowledgement({ row }: { readonly row: NotificationView }) {
  const t = useTranslations('notifications');
  const name = [t(`type.${row.type}`), row.memberId].filter(Boolean).join(' ');
  const acknowledge = useAcknowledge();
  const whyNot = useWhyNotMine(row.severity);
  if (row.acknowledged) {
    return (
      <span className="inline-flex flex-col text-sm">
        <span className="inline-flex items-center gap-1">
          <Check aria-hidden size={14} className="shrink-0 text-success" />
          {row.acknowledged.by ? t('acknowledgedBy', { name: row.acknowledged.by.name }) : t('over')}
        </span>
        <Time at={row.acknowledged.at} className="text-ink-3 text-xs" />
      </span>
    );
  }
  return (
    <span className="inline-flex flex-col items-start gap-1">
      <Button
        blockedBy={whyNot}
        aria-label={`${t('acknowledge')}: ${name}`}
        aria-disabled={acknowledge.isPending}
        onClick={() => !acknowledge.isPending && acknowledge.mutate({ id: row.id })}
      >
        {t('acknowledge')}
      </Button>
      {acknowledge.error && <FailureNote failure={readFailure(acknowledge.error)} />}
    </span>
  );
}
