import { Amount } from '#server/kernel/amount.ts';
import type { NotificationEvent } from './notification-event.entity.ts';

/** What a platform receives, see `docs/WEBHOOKS.md`. The same text at every try: its signature says so. */
export function webhookBody(event: NotificationEvent): string {
  const { type, at, seq, asset, amount } = event;
  const data =
    event.toStatus === null || event.toStatus === undefined
      ? { id: event.subjectId, sequence: seq }
      : {
          id: event.withdrawalId,
          memberId: event.memberId,
          asset,
          amount: asset && amount ? Amount.fromDecimal(asset, amount).toString() : null,
          target: event.target,
          status: event.toStatus,
          previousStatus: event.fromStatus ?? null,
          requestedAt: event.requestedAt?.toISOString() ?? null,
          attempts: event.attempts,
          reason: event.reason ?? null,
          sequence: seq,
        };
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}
