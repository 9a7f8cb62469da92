'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Send, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Time } from '#components/ui/time.tsx';
import type { WebhookView } from '#server/notifications/contract.ts';
import { NewSecret } from './new-secret.tsx';
import { WebhookDeliveries } from './webhook-deliveries.tsx';
import { WebhookState } from './webhook-table.tsx';

interface WebhookDialogProps {
  readonly webhook: WebhookView;
  readonly onClose: () => void;
}

export function WebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const t = useTranslations('webhooks');
  const { test, rotate, revoke } = useWebhookActions(onClose);
  const [revokes, setRevokes] = useState(false);
  const { id, revokedAt } = webhook;
  const failed = test.error ?? rotate.error ?? revoke.error;
  const busy = test.isPending || rotate.isPending || revoke.isPending;
  if (rotate.data) return <NewSecret rotated secret={rotate.data.secret} onClose={() => rotate.reset()} />;
  return (
    <Dialog title={webhook.description} onClose={onClose}>
      <div className="flex flex-col gap-6">
        <div className="flex flex-col gap-1">
          <span className="font-mono text-sm [overflow-wrap:anywhere]">{webhook.url}</span>
          <span className="text-ink-2 text-sm">
            {t('createdBy')} {webhook.createdBy} · <Time at={webhook.createdAt} />
          </span>
          <span className="mt-1">
            <WebhookState webhook={webhook} />
          </span>
        </div>
        {!revokedAt && (
          <div className="flex flex-wrap gap-2">
            <Button aria-disabled={busy} onClick={() => !busy && test.mutate({ id })}>
              <Send aria-hidden size={16} />
              {t('test.do')}
            </Button>
            <Button aria-disabled={busy} onClick={() => !busy && rotate.mutate({ id })}>
              <KeyRound aria-hidden size={16} />
              {t('rotate.do')}
            </Button>
          </div>
        )}
        {test.isSuccess && <p className="text-ink-2">{t('test.done')}</p>}
        <WebhookDeliveries id={id} />
        {revokes && (
          <Notice tone="warning" icon={TriangleAlert}>
            {t('revoke.sure')}
          </Notice>
        )}
        {failed && <FailureNote failure={readFailure(failed)} />}
      </div>
      <DialogActions>
        {!revokedAt && (
          <Button
            look="danger"
            aria-disabled={busy}
            onClick={() => (revokes ? !busy && revoke.mutate({ id }) : setRevokes(true))}
          >
            {t(revokes ? 'revoke.confirm' : 'revoke.do')}
          </Button>
        )}
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function useWebhookActions(onRevoked: () => void) {
  const t = useTranslations('webhooks');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const again = () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
  const revoked = async () => {
    await again();
    announce(t('revoke.done'));
    onRevoked();
  };
  return {
    test: useMutation(trpc.webhooks.test.mutationOptions({ onSuccess: again })),
    rotate: useMutation(trpc.webhooks.rotateSecret.mutationOptions({ onSuccess: again })),
    revoke: useMutation(trpc.webhooks.revoke.mutationOptions({ onSuccess: revoked })),
  };
}
