'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { AskSheet } from '#components/ui/ask-sheet.tsx';
import { Button } from '#components/ui/button.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { InvitationView } from '#server/operators/contract.ts';

export function InvitationTable({ rows }: { readonly rows: readonly InvitationView[] }) {
  const t = useTranslations('team');
  const tShell = useTranslations('shell');
  const [ended, setEnded] = useState<InvitationView | null>(null);
  return (
    <>
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
              <Button
                look="danger"
                aria-label={`${t('invitations.revoke')}: ${row.email}`}
                onClick={() => setEnded(row)}
              >
                {t('invitations.revoke')}
              </Button>
            </Cell>
          </tr>
        ))}
      </Table>
      {ended && <RevokeSheet invitation={ended} onClose={() => setEnded(null)} />}
    </>
  );
}

interface RevokeSheetProps {
  readonly invitation: InvitationView;
  readonly onClose: () => void;
}

function RevokeSheet({ invitation: { id, email }, onClose }: RevokeSheetProps) {
  const t = useTranslations('team');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const revoke = useMutation(
    trpc.operators.revokeInvitation.mutationOptions({
      onSuccess: () => {
        announce(t('invitations.revoked'));
        onClose();
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.operators.list.pathKey() }),
    }),
  );
  return (
    <AskSheet
      title={t('invitations.revoke')}
      confirm={t('invitations.revoke')}
      isSending={revoke.isPending}
      failure={revoke.error && readFailure(revoke.error)}
      onConfirm={() => revoke.mutate({ id })}
      onClose={onClose}
    >
      <p className="font-medium [overflow-wrap:anywhere]">{email}</p>
      <p>{t('invitations.revokeNext')}</p>
    </AskSheet>
  );
}
