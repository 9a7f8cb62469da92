'use client';

import { Pause } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge } from '#components/ui/badge.tsx';
import type { WithdrawalKind, WithdrawalStatus } from '#server/withdrawals/statuses.ts';
import { STATUS_LOOKS } from './status-look.ts';

interface StatusBadgeProps {
  readonly status: WithdrawalStatus;
  readonly kind: WithdrawalKind;
  /** Whether the platform has reported that the member was paid. */
  readonly handedOver?: boolean;
}

export function StatusBadge({ status, kind, handedOver = false }: StatusBadgeProps) {
  const t = useTranslations('withdrawals');
  const { tone, icon } = STATUS_LOOKS[status];
  return (
    <Badge tone={tone} icon={icon}>
      <Unbroken text={t(`status.${statusWord(status, kind, handedOver)}`)} />
    </Badge>
  );
}

/** Beside the status, which a hold does not change. */
export function HoldBadge() {
  const t = useTranslations('withdrawals');
  return (
    <Badge tone="warning" icon={Pause}>
      {t('waitReason.on_hold')}
    </Badge>
  );
}

const BREAK = ' · ';

/** The second half of a label stands below the first: side by side they would take the room of a whole column. */
function Unbroken({ text }: { readonly text: string }) {
  return text.split(BREAK).map((half, index) => (
    <span key={half} className="block whitespace-nowrap">
      {index > 0 && <span className="sr-only">{BREAK}</span>}
      {half}
    </span>
  ));
}

/** `completed` of a mining withdrawal is not "paid": the coins are in the company account and still owed. */
function statusWord(status: WithdrawalStatus, kind: WithdrawalKind, handedOver: boolean) {
  if (status !== 'completed') return status;
  if (kind !== 'mining') return 'transfer_confirmed';
  return handedOver ? 'handed_over' : 'in_company_account';
}
