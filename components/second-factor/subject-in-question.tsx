'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import type { WaitingAction } from '#components/trpc/step-up.ts';
import { Amount } from '#components/ui/amount.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import type { OperatorRole } from '#server/kernel/actor.ts';

/**
 * What the action is about, once more: on a phone the dialog covers the sheet that shows it. Nothing where that is not
 * known here, or where what is known is not what the action was made for.
 */
export function SubjectInQuestion({ waiting: { action, input } }: { readonly waiting: WaitingAction }) {
  const { id, digest, email, role, name } = namesOf(input);
  if (action.startsWith('withdrawals.') && id) return <OrderInQuestion id={id} digest={digest} />;
  if (action.startsWith('operators.') && id) return <OperatorInQuestion id={id} role={role} />;
  if (action.startsWith('apiKeys.')) return <KeyInQuestion id={id} name={name} />;
  return email && role ? <Person name={email} role={role} /> : null;
}

function OrderInQuestion({ id, digest }: { readonly id: string; readonly digest: string | undefined }) {
  const trpc = useTRPC();
  const order = useQueryClient().getQueryData(trpc.withdrawals.get.queryKey({ id }));
  if (!order || (digest !== undefined && digest !== order.digest)) return null;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <AssetChip asset={order.asset} />
        <span className="font-semibold text-xl [overflow-wrap:anywhere]">
          <Amount value={order.amount} />
        </span>
      </p>
      <p className="font-mono text-sm [overflow-wrap:anywhere]">{order.destination.address}</p>
      <p className="text-ink-2 [overflow-wrap:anywhere]">{order.memberId}</p>
    </>
  );
}

/** Whose right or account it is; a new role beside it. */
function OperatorInQuestion({ id, role }: { readonly id: string; readonly role: OperatorRole | undefined }) {
  const trpc = useTRPC();
  const team = useQueryClient().getQueryData(trpc.operators.list.queryKey({}));
  const operator = team?.rows.find((row) => row.id === id);
  return operator ? <Person name={operator.name} role={role ?? operator.role} /> : null;
}

function KeyInQuestion({ id, name }: { readonly id: string | undefined; readonly name: string | undefined }) {
  const trpc = useTRPC();
  const keys = useQueryClient().getQueryData(trpc.apiKeys.list.queryKey({}));
  const shown = keys?.rows.find((row) => row.id === id)?.name ?? name;
  return shown ? <p className={subject}>{shown}</p> : null;
}

function Person({ name, role }: { readonly name: string; readonly role: OperatorRole }) {
  const t = useTranslations('shell');
  return (
    <>
      <p className={subject}>{name}</p>
      <p className="text-ink-2">{t(`roles.${role}`)}</p>
    </>
  );
}

const subject = 'font-semibold [overflow-wrap:anywhere]';

interface Names {
  readonly id?: string;
  readonly digest?: string;
  readonly email?: string;
  readonly role?: OperatorRole;
  readonly name?: string;
}

function namesOf(input: unknown): Names {
  return typeof input === 'object' && input !== null ? input : {};
}
