'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import type { WaitingAction } from '#components/trpc/step-up.ts';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import type { OperatorRole } from '#server/kernel/actor.ts';

/**
 * The withdrawal that is being decided, once more: on a phone this dialog covers the sheet that shows it. Nothing where
 * the action is about something else, or where what is known here is not what the action was made for.
 */
export function OrderInQuestion({ waiting: { action, input } }: { readonly waiting: WaitingAction }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id, digest, email, role } = namesOf(input);
  if (action === 'operators.invite' && email && role) return <InvitationInQuestion email={email} role={role} />;
  if (!action.startsWith('withdrawals.') || !id) return null;
  const order = queries.getQueryData(trpc.withdrawals.get.queryKey({ id }));
  if (!order || (digest !== undefined && digest !== order.digest)) return null;
  return (
    <div className="flex flex-col gap-1 rounded-control bg-ground px-3 py-2">
      <p className="flex flex-wrap items-center gap-2">
        <AssetChip asset={order.asset} />
        <span className="font-semibold text-xl [overflow-wrap:anywhere]">
          <Amount value={order.amount} />
        </span>
      </p>
      <p className="font-mono text-sm [overflow-wrap:anywhere]">{order.destination.address}</p>
      <p className="text-ink-2 [overflow-wrap:anywhere]">{order.memberId}</p>
    </div>
  );
}

/** Who would be let in, and as what. */
function InvitationInQuestion({ email, role }: { readonly email: string; readonly role: OperatorRole }) {
  const t = useTranslations('shell');
  return (
    <div className="flex flex-col gap-1 rounded-control bg-ground px-3 py-2">
      <p className="font-semibold [overflow-wrap:anywhere]">{email}</p>
      <p className="text-ink-2">{t(`roles.${role}`)}</p>
    </div>
  );
}

interface Names {
  readonly id?: string;
  readonly digest?: string;
  readonly email?: string;
  readonly role?: OperatorRole;
}

function namesOf(input: unknown): Names {
  return typeof input === 'object' && input !== null ? input : {};
}
