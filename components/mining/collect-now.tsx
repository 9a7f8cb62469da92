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

const READ_AGAIN_AFTER_MS = 3_000;

/** Reading moves no money; it runs in the background and the figures follow. */
export function CollectNow() {
  const t = useTranslations('mining');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const mayCollect = useHasRole('finance', 'admin');
  const offline = useOffline();
  const sending = useRef(false);
  const collect = useMutation(
    trpc.mining.collect.mutationOptions({
      onSuccess: () => {
        announce(t('collect.started'));
        setTimeout(() => void queries.invalidateQueries({ queryKey: trpc.mining.pathKey() }), READ_AGAIN_AFTER_MS);
      },
      onSettled: () => {
        sending.current = false;
      },
    }),
  );
  const start = () => {
    if (sending.current) return;
    sending.current = true;
    collect.mutate({});
  };
  return (
    <div className="flex flex-col items-end gap-2">
      <Button
        blockedBy={mayCollect ? offline : t('collect.notYours')}
        aria-disabled={collect.isPending}
        onClick={start}
      >
        {t('collect.now')}
      </Button>
      {collect.isSuccess && (
        <Notice tone="success" icon={Check}>
          {t('collect.started')}
        </Notice>
      )}
      {collect.error && <FailureNote failure={readFailure(collect.error)} />}
    </div>
  );
}
