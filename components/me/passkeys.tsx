'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age, Time } from '#components/ui/time.tsx';
import type { PasskeyView } from '#server/operators/contract.ts';

const AddPasskeySheet = lazy(() =>
  import('./add-passkey-sheet.tsx').then((module) => ({ default: module.AddPasskeySheet })),
);
const RemovePasskeySheet = lazy(() =>
  import('./remove-passkey-sheet.tsx').then((module) => ({ default: module.RemovePasskeySheet })),
);

export function Passkeys() {
  const t = useTranslations('me');
  const trpc = useTRPC();
  const [adds, setAdds] = useState(false);
  const [removes, setRemoves] = useState<PasskeyView | null>(null);
  const list = useQuery(trpc.passkeys.list.queryOptions({}));
  return (
    <Section title={t('passkeys.title')} aside={<Button onClick={() => setAdds(true)}>{t('passkeys.add')}</Button>}>
      <p className="text-ink-2">{t('passkeys.lead')}</p>
      {list.isPending && <Loading rows={2} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data?.rows.length === 0 && <Empty title={t('passkeys.empty')} />}
      {list.data && list.data.rows.length > 0 && <PasskeyTable rows={list.data.rows} onRemove={setRemoves} />}
      <Suspense>
        {adds && <AddPasskeySheet onClose={() => setAdds(false)} />}
        {removes && <RemovePasskeySheet passkey={removes} onClose={() => setRemoves(null)} />}
      </Suspense>
    </Section>
  );
}

interface PasskeyTableProps {
  readonly rows: readonly PasskeyView[];
  readonly onRemove: (passkey: PasskeyView) => void;
}

function PasskeyTable({ rows, onRemove }: PasskeyTableProps) {
  const t = useTranslations('me');
  return (
    <Table
      caption={t('passkeys.title')}
      head={
        <>
          <Header>{t('passkeys.name')}</Header>
          <Header tight="first">{t('passkeys.added')}</Header>
          <Header>{t('passkeys.lastUsed')}</Header>
          <Header>{t('actions')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('passkeys.name')}>{row.name}</RowHeader>
          <Cell label={t('passkeys.added')} tight="first">
            <Time at={row.createdAt} />
          </Cell>
          <Cell label={t('passkeys.lastUsed')}>
            {row.lastUsedAt ? <Age at={row.lastUsedAt} /> : <span className="text-ink-2">{t('passkeys.never')}</span>}
          </Cell>
          <Cell label={t('actions')}>
            <Button look="danger" aria-label={`${t('passkeys.remove')}: ${row.name}`} onClick={() => onRemove(row)}>
              {t('passkeys.remove')}
            </Button>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
