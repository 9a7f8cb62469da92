import { Amount } from '#server/kernel/amount.ts';
import { EVENT_WORDS, FACT_WORDS, SEVERITY_WORDS, SUBJECT_WORDS } from './alert-words.ts';
import { isForOnePerson, isOfOwnSignIn } from './event-rules.ts';
import type { NotificationEvent } from './notification-event.entity.ts';
import type { AlertMessage } from './sender.port.ts';

/** What people read outside the console: Korean first, then English, and where to act. */
export function alertMessage(event: NotificationEvent, appUrl: string): AlertMessage {
  const { type, asset, amount } = event;
  const isPersonal = isForOnePerson(type);
  const money = asset && amount ? `${Amount.fromDecimal(asset, amount).toString()} ${asset}` : null;
  const facts = {
    amount: money,
    claimed: asset && event.claimed ? `${Amount.fromDecimal(asset, event.claimed).toString()} ${asset}` : null,
    member: event.memberId,
    target: event.target,
    withdrawal: event.withdrawalId,
    subject: event.withdrawalId || isPersonal ? null : `${SUBJECT_WORDS[event.subjectType]} ${event.subjectId}`,
    attempts: event.requestedAt ? `${event.attempts}` : null,
    device: isOfOwnSignIn(type) ? event.reason : null,
    reason: isOfOwnSignIn(type) ? null : event.reason,
    requestedAt: event.requestedAt?.toISOString(),
    at: event.at.toISOString(),
  };
  const names = Object.keys(FACT_WORDS) as (keyof typeof FACT_WORDS)[];
  return {
    eventId: event.id,
    title: `[${SEVERITY_WORDS[event.severity]}] ${EVENT_WORDS[type]}${money ? ` · ${money}` : ''}`,
    lines: names.flatMap((name) => (facts[name] ? [`${FACT_WORDS[name]}: ${facts[name]}`] : [])),
    link: `${appUrl}${pathOf(event)}`,
  };
}

function pathOf({ type, withdrawalId }: NotificationEvent): string {
  if (withdrawalId) return `/withdrawals?view=all&id=${withdrawalId}`;
  return isForOnePerson(type) ? '/settings/me' : '/notifications';
}
