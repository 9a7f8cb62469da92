'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { DeliveryLog } from './delivery-log.tsx';

const READ_AGAIN_MS = 3_000;

/** Who was told of one notification, and what came of it. */
export function NotificationDeliveries({ id }: { readonly id: string }) {
  const t = useTranslations('notifications');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const mayResend = useHasRole('finance', 'admin');
  const log = useQuery(trpc.notifications.deliveries.queryOptions({ id }, { refetchInterval: READ_AGAIN_MS }));
  const resend = useMutation(
    trpc.notifications.resend.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() });
        announce(t('log.resent'));
      },
    }),
  );
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('log.title')}</h3>
      {log.isPending && <Loading rows={2} />}
      {log.isError && !log.data && <ErrorState error={log.error} onRetry={log.refetch} />}
      {log.data?.rows.length === 0 && <p className="text-ink-2">{t('log.none')}</p>}
      {log.data && log.data.rows.length > 0 && (
        <DeliveryLog
          rows={log.data.rows}
          onResend={mayResend ? (delivery) => !resend.isPending && resend.mutate({ id: delivery }) : null}
        />
      )}
      {log.data && log.data.rows.length > 0 && !mayResend && <p className="text-ink-3 text-sm">{t('log.notYours')}</p>}
      {resend.error && <FailureNote failure={readFailure(resend.error)} />}
    </section>
  );
}
