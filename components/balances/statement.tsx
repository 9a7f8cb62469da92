'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Header, Table } from '#components/ui/table.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { StatementView } from '#server/ledger/contract.ts';
import type { BalanceSearch } from './search.ts';
import { STANDINGS, StatementRow } from './statement-row.tsx';
import { useStatement } from './use-statement.ts';

const MovementSheet = lazy(() => import('./movement-sheet.tsx').then((module) => ({ default: module.MovementSheet })));

interface StatementProps {
  readonly memberId: string;
  readonly search: BalanceSearch;
  readonly onChange: (change: { readonly asset?: string | null; readonly after: string[] | null }) => void;
}

/** Every movement of a member's money, the newest first, with what stood there afterwards. */
export function Statement({ memberId, search, onChange }: StatementProps) {
  const t = useTranslations('balances');
  const [movement, setMovement] = useState<string | null>(null);
  const statement = useStatement(memberId, search);
  const { after } = search;
  const next = statement.data?.nextCursor;
  return (
    <Section
      title={t('statement')}
      aside={
        <div className="flex flex-wrap items-center gap-2">
          <Freshness query={statement} />
          <AssetFilter memberId={memberId} search={search} onChange={onChange} />
        </div>
      }
    >
      {statement.isPending && <Loading rows={5} />}
      {statement.isError && !statement.data && <ErrorState error={statement.error} onRetry={statement.refetch} />}
      {statement.data?.rows.length === 0 && <Empty title={t('noMovements')} />}
      {statement.data && statement.data.rows.length > 0 && (
        <Movements view={statement.data} outdated={statement.isPlaceholderData} onOpen={setMovement} />
      )}
      {(after.length > 0 || next) && <Pages after={after} next={next ?? null} onChange={onChange} />}
      {movement && (
        <Suspense>
          <MovementSheet id={movement} onClose={() => setMovement(null)} />
        </Suspense>
      )}
    </Section>
  );
}

interface PagesProps extends Pick<StatementProps, 'onChange'> {
  readonly after: string[];
  readonly next: string | null;
}

function Pages({ after, next, onChange }: PagesProps) {
  const t = useTranslations('common');
  return (
    <nav aria-label={t('pages')} className="flex justify-end gap-2">
      <Button
        aria-disabled={after.length === 0}
        onClick={() => after.length > 0 && onChange({ after: after.slice(0, -1) })}
      >
        {t('previousPage')}
      </Button>
      <Button aria-disabled={next === null} onClick={() => next && onChange({ after: [...after, next] })}>
        {t('nextPage')}
      </Button>
    </nav>
  );
}

interface MovementsProps {
  readonly view: StatementView;
  readonly outdated: boolean;
  readonly onOpen: (transactionId: string) => void;
}

function Movements({ view, outdated, onOpen }: MovementsProps) {
  const t = useTranslations('balances');
  const owes = view.rows.some(({ after, change }) => after.receivable !== '0' || change.receivable !== '0');
  const shown = STANDINGS.filter((standing) => standing !== 'receivable' || owes);
  const decimals = decimalsOf(
    view.rows.flatMap(({ after, change }) => shown.flatMap((each) => [after[each], change[each]])),
  );
  return (
    <Table
      caption={t('statement')}
      outdated={outdated}
      head={
        <>
          <Header>{t('movement')}</Header>
          <Header>{t('asset')}</Header>
          {shown.map((each) => (
            <Header key={each} numeric>
              {t(`figure.${each}`)}
            </Header>
          ))}
          <Header tight="first">{t('at')}</Header>
        </>
      }
    >
      {view.rows.map((line) => (
        <StatementRow key={line.transactionId} line={line} shown={shown} decimals={decimals} onOpen={onOpen} />
      ))}
    </Table>
  );
}

function AssetFilter({ memberId, search, onChange }: StatementProps) {
  const t = useTranslations('balances');
  const trpc = useTRPC();
  const symbolOf = useAssetSymbol();
  const balances = useQuery(trpc.ledger.balances.queryOptions({ memberId }));
  return (
    <div className="w-40">
      <SelectField
        label={t('asset')}
        value={search.asset ?? ''}
        onChange={(event) => onChange({ asset: event.target.value || null, after: null })}
      >
        <option value="">{t('allAssets')}</option>
        {balances.data?.map(({ asset }) => (
          <option key={asset} value={asset}>
            {symbolOf(asset)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
