'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { Destination } from '../destination.tsx';
import { OrderAmount } from '../order-amount.tsx';

/** What is being decided: repeated in every sheet, so that nobody decides from memory. */
export function Order({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  return (
    <div className="flex flex-col gap-2">
      <OrderAmount asset={withdrawal.asset} amount={withdrawal.amount} />
      <Destination withdrawal={withdrawal} />
      <p className="text-ink-2">
        {t('order.for', { member: withdrawal.memberId, requester: withdrawal.requestedBy.name })}
      </p>
    </div>
  );
}
