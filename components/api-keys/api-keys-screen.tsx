'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading, NoPermission } from '#components/ui/states.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';
import { ApiKeyTable } from './api-key-table.tsx';

const CreateKeySheet = lazy(() =>
  import('./create-key-sheet.tsx').then((module) => ({ default: module.CreateKeySheet })),
);
const KeySheet = lazy(() => import('./key-sheet.tsx').then((module) => ({ default: module.KeySheet })));
const RotateKeySheet = lazy(() =>
  import('./rotate-key-sheet.tsx').then((module) => ({ default: module.RotateKeySheet })),
);
const RevokeKeySheet = lazy(() =>
  import('./revoke-key-sheet.tsx').then((module) => ({ default: module.RevokeKeySheet })),
);

/** One sheet at a time. */
type Open = { readonly sheet: 'create' } | { readonly sheet: 'manage' | 'rotate' | 'revoke'; readonly id: string };

export function ApiKeysScreen() {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const isAdmin = useHasRole('admin');
  const newcomer = useNewcomer();
  const offline = useOffline();
  const [open, setOpen] = useState<Open | null>(null);
  const list = useQuery(trpc.apiKeys.list.queryOptions({}, { enabled: isAdmin }));
  const rows = list.data?.rows ?? [];
  const close = () => setOpen(null);
  const key = open && 'id' in open ? rows.find(({ id }) => id === open.id) : undefined;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} lead={t('lead')}>
        {isAdmin && (
          <Button blockedBy={newcomer ?? offline} onClick={() => setOpen({ sheet: 'create' })}>
            {t('create.open')}
          </Button>
        )}
      </PageHeader>
      {!isAdmin && <NoPermission />}
      {isAdmin && list.isPending && <Loading />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data && rows.length === 0 && <Empty title={t('empty')} />}
      {rows.length > 0 && <ApiKeyTable rows={rows} onManage={(id) => setOpen({ sheet: 'manage', id })} />}
      <Suspense>
        {open?.sheet === 'create' && <CreateKeySheet onClose={close} />}
        {open && key && <SheetOf open={open} apiKey={key} onOpen={setOpen} onClose={close} />}
      </Suspense>
    </div>
  );
}

interface SheetOfProps {
  readonly open: Open;
  readonly apiKey: ApiKeyView;
  readonly onOpen: (open: Open) => void;
  readonly onClose: () => void;
}

function SheetOf({ open, apiKey, onOpen, onClose }: SheetOfProps) {
  const { id } = apiKey;
  if (open.sheet === 'rotate') return <RotateKeySheet apiKey={apiKey} onClose={onClose} />;
  if (open.sheet === 'revoke') return <RevokeKeySheet apiKey={apiKey} onClose={onClose} />;
  return (
    <KeySheet
      apiKey={apiKey}
      onClose={onClose}
      onRotate={() => onOpen({ sheet: 'rotate', id })}
      onRevoke={() => onOpen({ sheet: 'revoke', id })}
    />
  );
}
