'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';

/** Looks and moves nothing; it runs in the background, and the lists follow. */
export function CompareNow() {
  const t = useTranslations('reconciliation');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const mayRun = useHasRole('finance', 'admin');
  const offline = useOffline();
  const sending = useRef(false);
  const run = useMutation(
    trpc.reconciliation.run.mutationOptions({
      onSuccess: async () => {
        announce(t('now.started'));
        await queries.invalidateQueries({ queryKey: trpc.reconciliation.pathKey() });
      },
      onSettled: () => {
        sending.current = false;
      },
    }),
  );
  const start = () => {
    if (sending.current) return;
    sending.current = true;
    run.mutate({});
  };
  return (
    <div className="flex flex-col items-end gap-2">
      <Button blockedBy={mayRun ? offline : t('now.notYours')} aria-disabled={run.isPending} onClick={start}>
        {t('now.button')}
      </Button>
      {run.isSuccess && (
        <Notice tone="success" icon={Check}>
          {t('now.started')}
        </Notice>
      )}
      {run.error && <FailureNote failure={readFailure(run.error)} />}
    </div>
  );
}
