'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { InvitationView } from '#server/operators/contract.ts';

export function InvitationTable({ rows }: { readonly rows: readonly InvitationView[] }) {
  const t = useTranslations('team');
  const tShell = useTranslations('shell');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revoke = useMutation(
    trpc.operators.revokeInvitation.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.operators.list.pathKey() }),
    }),
  );
  return (
    <>
      {revoke.error && <FailureNote failure={readFailure(revoke.error)} />}
      <Table
        caption={t('invitations.title')}
        head={
          <>
            <Header>{t('invite.email')}</Header>
            <Header>{t('columns.role')}</Header>
            <Header tight="first">{t('invitations.expires')}</Header>
            <Header>{t('columns.actions')}</Header>
          </>
        }
      >
        {rows.map((row) => (
          <tr key={row.id}>
            <RowHeader label={t('invite.email')}>{row.email}</RowHeader>
            <Cell label={t('columns.role')}>{tShell(`roles.${row.role}`)}</Cell>
            <Cell label={t('invitations.expires')} tight="first">
              <Time at={row.expiresAt} />
            </Cell>
            <Cell label={t('columns.actions')}>
              <Button look="danger" onClick={() => revoke.mutate({ id: row.id })}>
                {t('invitations.revoke')}
              </Button>
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}
