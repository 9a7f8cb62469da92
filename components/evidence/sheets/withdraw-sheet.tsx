'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import type { Proposal } from '#components/withdrawals/panel/desk.ts';
import { PlainSheet } from '#components/withdrawals/sheets/plain-sheet.tsx';
import type { SheetProps } from '#components/withdrawals/sheets/use-decision.ts';

/** Takes an own proposal back, or turns a colleague's down; the outcome stays open either way. */
export function WithdrawSheet({ proposal, ...props }: SheetProps & { readonly proposal: Proposal }) {
  const t = useTranslations('dual');
  const client = useTRPCClient();
  const mine = proposal.proposedBy.id === useMe().id;
  return (
    <PlainSheet
      {...props}
      title={t(mine ? 'withdraw.mine' : 'withdraw.theirs')}
      lead={t('withdraw.next')}
      confirm={t(mine ? 'takeBack' : 'turnDown')}
      decision={{
        send: async () => {
          await client.decisions.withdraw.mutate({ id: proposal.id });
          return 'proposal_withdrawn';
        },
        arrived: ({ timeline }) =>
          timeline.filter(({ action }) => action === 'decision.withdrawn').length >
          props.current.timeline.filter(({ action }) => action === 'decision.withdrawn').length
            ? 'proposal_withdrawn'
            : null,
      }}
    />
  );
}
