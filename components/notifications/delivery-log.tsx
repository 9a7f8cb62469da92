'use client';

import { Check, Contrast, X } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DeliveryView } from '#server/notifications/contract.ts';
import type { DeliveryStatus } from '#server/notifications/statuses.ts';

const LOOKS: Readonly<Record<DeliveryStatus, { readonly tone: Tone; readonly icon: IconShape }>> = {
  pending: { tone: 'info', icon: Contrast },
  delivered: { tone: 'success', icon: Check },
  given_up: { tone: 'danger', icon: X },
};

interface DeliveryLogProps {
  readonly rows: readonly DeliveryView[];
  /** Also say of which event each line is: where the log is a receiver's and not an event's. */
  readonly showsEvents?: boolean;
  /** Null: not offered. */
  readonly onResend: ((deliveryId: string) => void) | null;
}

export function DeliveryLog({ rows, showsEvents = false, onResend }: DeliveryLogProps) {
  return (
    <ul className="m-0 flex list-none flex-col gap-0 p-0">
      {rows.map((row) => (
        <Line key={row.id} row={row} showsEvent={showsEvents} onResend={onResend} />
      ))}
    </ul>
  );
}

function Line({
  row,
  showsEvent,
  onResend,
}: { row: DeliveryView; showsEvent: boolean } & Pick<DeliveryLogProps, 'onResend'>) {
  const t = useTranslations('notifications');
  const channel = t(`log.channel.${row.channel}`);
  const name = showsEvent ? t(`type.${row.event.type}`) : channel;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-rule border-t py-2 first:border-t-0">
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          <Badge {...LOOKS[row.status]}>{t(`log.status.${row.status}`)}</Badge>
        </span>
        {!showsEvent && row.endpoint && (
          <span className="font-mono text-ink-2 text-sm [overflow-wrap:anywhere]">{row.endpoint.url}</span>
        )}
        <Course row={row} />
      </span>
      {onResend && (
        <Button aria-label={t('log.resendOf', { channel: name })} onClick={() => onResend(row.id)}>
          {t('log.resend')}
        </Button>
      )}
    </li>
  );
}

/** How often it was tried, what was answered, and what happens next. */
function Course({ row }: { readonly row: DeliveryView }) {
  const t = useTranslations('notifications');
  const reasonText = useReasonText();
  const isFailing = row.status !== 'delivered' && row.error !== null;
  return (
    <span className="flex flex-wrap gap-x-3 text-ink-2 text-sm">
      <span>{t('log.tries', { count: row.tries })}</span>
      {row.httpStatus !== null && <span>{t('log.answer', { status: row.httpStatus })}</span>}
      {isFailing && row.error !== 'http_status' && <span>{reasonText(row.error ?? '')}</span>}
      {row.durationMs !== null && row.tries > 0 && <span>{t('log.took', { ms: row.durationMs })}</span>}
      {row.lastTriedAt && (
        <span>
          {t('log.lastTried')} <Time at={row.lastTriedAt} />
        </span>
      )}
      {row.nextAt && row.tries > 0 && (
        <span>
          {t('log.next')} <Time at={row.nextAt} />
        </span>
      )}
    </span>
  );
}
