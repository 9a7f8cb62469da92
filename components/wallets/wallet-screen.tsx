'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { RevealableAddress } from '#components/addresses/revealable-address.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { PageHeader, Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { WalletView } from '#server/wallets/contract.ts';
import { CompanyDeposit } from './deposit/company-deposit.tsx';
import { WalletPause } from './pause/wallet-pause.tsx';
import { KeyRotation } from './rotation/key-rotation.tsx';
import { WalletBalances } from './wallet-balances.tsx';
import { WalletStatusBadge } from './wallet-status-badge.tsx';
import { WalletTransactions } from './wallet-transactions.tsx';

const CREATING_EVERY_MS = 2_000;
const RESTING_EVERY_MS = 15_000;

export function WalletScreen({ id }: { readonly id: string }) {
  const t = useTranslations('wallets');
  const trpc = useTRPC();
  const wallet = useQuery(
    trpc.wallets.get.queryOptions(
      { id },
      // A new wallet's address comes by itself; what stands may be paused by a colleague or a worker.
      { refetchInterval: ({ state }) => (state.data?.status === 'creating' ? CREATING_EVERY_MS : RESTING_EVERY_MS) },
    ),
  );
  return (
    <div className="flex flex-col gap-6">
      <AppLink href="/wallets" className="inline-flex items-center gap-1 self-start text-focus underline">
        <ArrowLeft aria-hidden size={16} />
        {t('toList')}
      </AppLink>
      {wallet.data && <WalletDetail wallet={wallet.data} freshness={<Freshness query={wallet} />} />}
      {wallet.isPending && <Loading />}
      {wallet.isError && !wallet.data && <ErrorState error={wallet.error} onRetry={wallet.refetch} />}
    </div>
  );
}

interface WalletDetailProps {
  readonly wallet: WalletView;
  readonly freshness: ReactNode;
}

function WalletDetail({ wallet, freshness }: WalletDetailProps) {
  const t = useTranslations('wallets');
  return (
    <>
      <PageHeader title={t('detail', { member: wallet.memberId })}>
        <WalletStatusBadge status={wallet.status} />
        {freshness}
      </PageHeader>
      <p className="max-w-[720px] text-ink-2">{t(`explain.${wallet.status}`)}</p>
      <WalletPause wallet={wallet} />
      <dl className="grid grid-cols-[minmax(72px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-ink-3 leading-8">{t('columns.address')}</dt>
        <dd className="m-0 min-w-0 leading-8">
          {wallet.address ? (
            <RevealableAddress text={wallet.address} copyLabel={t('columns.address')} of="wallet" id={wallet.id} />
          ) : (
            t('noAddress')
          )}
        </dd>
        <dt className="text-ink-3 leading-8">{t('columns.createdAt')}</dt>
        <dd className="m-0 leading-8">
          <ZonedTime at={wallet.createdAt} />
        </dd>
        <dt className="text-ink-3 leading-8">{t('columns.id')}</dt>
        <dd className="m-0 inline-flex min-w-0 items-start gap-1">
          <span className="font-mono text-sm leading-8 [overflow-wrap:anywhere]">{wallet.id}</span>
          <CopyButton text={wallet.id} label={t('columns.id')} />
        </dd>
      </dl>
      <Section title={t('balances.title')}>
        {wallet.address ? <WalletBalances walletId={wallet.id} /> : <p className="text-ink-2">{t('balances.none')}</p>}
      </Section>
      <Section title={t('transactions.title')}>
        <WalletTransactions walletId={wallet.id} />
      </Section>
      {wallet.address && <CompanyDeposit walletId={wallet.id} />}
      <KeyRotation wallet={wallet} />
    </>
  );
}
