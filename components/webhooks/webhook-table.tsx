'use client';

import { Ban, Check } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { WebhookView } from '#server/notifications/contract.ts';

interface WebhookTableProps {
  readonly rows: readonly WebhookView[];
  readonly onManage: (id: string) => void;
}

export function WebhookTable({ rows, onManage }: WebhookTableProps) {
  const t = useTranslations('webhooks');
  return (
    <Table
      caption={t('caption')}
      head={
        <>
          <Header>{t('columns.description')}</Header>
          <Header>{t('columns.url')}</Header>
          <Header tight="first">{t('columns.events')}</Header>
          <Header>{t('columns.state')}</Header>
          <Header tight="first">{t('columns.createdAt')}</Header>
          <Header>{t('columns.actions')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('columns.description')}>{row.description}</RowHeader>
          <Cell label={t('columns.url')}>
            <span title={row.url} className="line-clamp-2 font-mono text-sm [overflow-wrap:anywhere]">
              {row.url}
            </span>
          </Cell>
          <Cell label={t('columns.events')} tight="first">
            {row.eventTypes.length === 0 ? t('allEvents') : t('someEvents', { count: row.eventTypes.length })}
          </Cell>
          <Cell label={t('columns.state')}>
            <WebhookState webhook={row} />
          </Cell>
          <Cell label={t('columns.createdAt')} tight="first">
            <Time at={row.createdAt} />
          </Cell>
          <Cell label={t('columns.actions')}>
            <Button aria-label={`${t('manage')}: ${row.description}`} onClick={() => onManage(row.id)}>
              {t('manage')}
            </Button>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

export function WebhookState({ webhook }: { readonly webhook: WebhookView }) {
  const t = useTranslations('webhooks');
  if (webhook.revokedAt) {
    return (
      <Badge tone="neutral" icon={Ban}>
        {t('revoked')}
      </Badge>
    );
  }
  return (
    <span className="inline-flex flex-col items-start gap-0.5 py-1">
      <Badge tone="success" icon={Check}>
        {t('active')}
      </Badge>
      {webhook.previousUntil && (
        <span className="text-ink-3 text-xs">
          {t('overlap')} <Time at={webhook.previousUntil} />
        </span>
      )}
    </span>
  );
}
