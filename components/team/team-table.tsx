'use client';

import { Ban, Check, ShieldCheck, ShieldOff } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age } from '#components/ui/time.tsx';
import { formatMinute } from '#components/ui/time-text.ts';
import type { TeamMemberView } from '#server/operators/contract.ts';

interface TeamTableProps {
  readonly rows: readonly TeamMemberView[];
  readonly onManage: (member: TeamMemberView) => void;
}

export function TeamTable({ rows, onManage }: TeamTableProps) {
  const t = useTranslations('team');
  const tShell = useTranslations('shell');
  const me = useMe();
  const offline = useOffline();
  const { zone } = usePreferences();
  return (
    <Table
      caption={t('title')}
      head={
        <>
          <Header>{t('columns.name')}</Header>
          <Header>{t('columns.role')}</Header>
          <Header>{t('columns.state')}</Header>
          <Header tight="first">{t('columns.secondFactor')}</Header>
          <Header tight="first">{t('columns.lastSeen')}</Header>
          <Header>{t('columns.actions')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('columns.name')}>
            <span className="flex flex-col py-1">
              <span>{row.name}</span>
              <span className="font-normal text-ink-3 text-sm [overflow-wrap:anywhere]">{row.email}</span>
            </span>
          </RowHeader>
          <Cell label={t('columns.role')}>
            {tShell(`roles.${row.role}`)}
            {row.countsFrom && (
              <span className="block text-sm text-warning">
                {t('countsFrom', { from: formatMinute(row.countsFrom, zone) })}
              </span>
            )}
          </Cell>
          <Cell label={t('columns.state')}>
            <Badge tone={row.disabledAt ? 'neutral' : 'success'} icon={row.disabledAt ? Ban : Check}>
              {t(row.disabledAt ? 'state.disabled' : 'state.active')}
            </Badge>
          </Cell>
          <Cell label={t('columns.secondFactor')} tight="first">
            <Badge
              tone={row.hasSecondFactor ? 'success' : 'warning'}
              icon={row.hasSecondFactor ? ShieldCheck : ShieldOff}
            >
              {t(row.hasSecondFactor ? 'secondFactor.yes' : 'secondFactor.no')}
            </Badge>
          </Cell>
          <Cell label={t('columns.lastSeen')} tight="first">
            {row.lastSeenAt ? <Age at={row.lastSeenAt} /> : <span className="text-ink-3">-</span>}
          </Cell>
          <Cell label={t('columns.actions')}>
            {row.id === me.id ? (
              <span className="text-ink-2">{t('yourself')}</span>
            ) : (
              <Button blockedBy={offline} aria-label={`${t('manage')}: ${row.name}`} onClick={() => onManage(row)}>
                {t('manage')}
              </Button>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
