'use client';

import { Info } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import type { NotificationView } from '#server/notifications/contract.ts';
import { Assignment } from './assignment.tsx';
import { BooksAlarmNext } from './books-alarm.tsx';
import { NotificationDeliveries } from './notification-deliveries.tsx';
import { NotificationFacts } from './notification-facts.tsx';
import { useAcknowledge } from './use-acknowledge.ts';
import { useWhyNotMine } from './use-why-not-mine.ts';

interface NotificationDialogProps {
  readonly notification: NotificationView;
  /** It has left the list since it was opened, so that this is how it stood then. */
  readonly isGone: boolean;
  readonly onClose: () => void;
}

export function NotificationDialog({ notification, isGone, onClose }: NotificationDialogProps) {
  const t = useTranslations('notifications');
  const acknowledge = useAcknowledge();
  const { id, type, acknowledged, severity } = notification;
  const whyNot = useWhyNotMine(severity);
  return (
    <Dialog title={t(`type.${type}`)} onClose={onClose}>
      <div className="flex flex-col gap-6">
        {isGone && !acknowledge.isPending && (
          <Notice tone="info" icon={Info}>
            {t('detail.gone')}
          </Notice>
        )}
        <NotificationFacts notification={notification} />
        <BooksAlarmNext notification={notification} />
        <Assignment notification={notification} />
        <NotificationDeliveries id={id} />
        {acknowledge.error && <FailureNote failure={readFailure(acknowledge.error)} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('detail.back')}</Button>
        {!acknowledged && (
          <Button
            look="primary"
            blockedBy={whyNot}
            aria-disabled={acknowledge.isPending}
            onClick={() => !acknowledge.isPending && acknowledge.mutate({ id }, { onSuccess: onClose })}
          >
            {t('acknowledge')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
