'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { DeliveryLog } from '#components/notifications/delivery-log.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';

const ROWS = 10;
const READ_AGAIN_MS = 3_000;

/** What was sent to one webhook, the latest first. */
export function WebhookDeliveries({ id }: { readonly id: string }) {
  const t = useTranslations('notifications');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [after, setAfter] = useState<readonly string[]>([]);
  const input = { id, cursor: after.at(-1) ?? null, limit: ROWS };
  const options = { refetchInterval: READ_AGAIN_MS, placeholderData: keepPreviousData };
  const log = useQuery(trpc.webhooks.deliveries.queryOptions(input, options));
  const resend = useMutation(
    trpc.webhooks.resend.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
        announce(t('log.resent'));
      },
    }),
  );
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('log.title')}</h3>
      {log.isPending && <Loading rows={2} />}
      {log.isError && !log.data && <ErrorState error={log.error} onRetry={log.refetch} />}
      {log.data?.rows.length === 0 && <p className="text-ink-2">{t('log.notYet')}</p>}
      {log.data && log.data.rows.length > 0 && (
        <>
          <DeliveryLog
            showsEvents
            rows={log.data.rows}
            onResend={(delivery) => !resend.isPending && resend.mutate({ id: delivery })}
          />
          <Pagination
            shown={log.data.rows.length}
            total={log.data.total}
            onPrevious={after.length > 0 ? () => setAfter(after.slice(0, -1)) : null}
            onNext={log.data.nextCursor ? () => setAfter([...after, log.data?.nextCursor ?? '']) : null}
          />
        </>
      )}
      {resend.error && <FailureNote failure={readFailure(resend.error)} />}
    </section>
  );
}
