'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Address } from '#components/ui/address.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { WalletView } from '#server/wallets/contract.ts';
import { WalletStatusBadge } from './wallet-status-badge.tsx';

interface WalletTableProps {
  readonly rows: readonly WalletView[];
  readonly outdated: boolean;
}

export function WalletTable({ rows, outdated }: WalletTableProps) {
  const t = useTranslations('wallets');
  return (
    <Table
      caption={t('caption')}
      outdated={outdated}
      head={
        <>
          <Header>{t('columns.member')}</Header>
          <Header>{t('columns.address')}</Header>
          <Header>{t('columns.status')}</Header>
          <Header tight="first">{t('columns.createdAt')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('columns.member')}>
            <AppLink
              href={`/wallets/${row.id}`}
              className="inline-flex min-h-8 items-center text-focus underline [overflow-wrap:anywhere]"
            >
              {row.memberId}
            </AppLink>
          </RowHeader>
          <Cell label={t('columns.address')}>
            {row.address ? (
              <Address text={row.address} copyLabel={t('columns.address')} />
            ) : (
              <span className="text-ink-2">{t('noAddress')}</span>
            )}
          </Cell>
          <Cell label={t('columns.status')}>
            <WalletStatusBadge status={row.status} />
          </Cell>
          <Cell label={t('columns.createdAt')} tight="first">
            <Time at={row.createdAt} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
