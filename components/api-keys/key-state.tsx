'use client';

import { Ban, Check, Clock } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Time, useNowMs } from '#components/ui/time.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';

/** Time enough to tell whoever runs the platform. */
const SOON_MS = 14 * 86_400_000;

export function KeyState({ apiKey }: { readonly apiKey: ApiKeyView }) {
  const t = useTranslations('apiKeys');
  const nowMs = useNowMs();
  const { expiresAt, revokedAt, previous } = apiKey;
  if (revokedAt) {
    return (
      <Badge tone="neutral" icon={Ban}>
        {t('state.revoked')}
      </Badge>
    );
  }
  const msLeft = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - nowMs;
  const state = msLeft <= 0 ? 'expired' : msLeft <= SOON_MS ? 'expiring' : 'active';
  return (
    <span className="block py-1">
      <Badge tone={state === 'active' ? 'success' : 'warning'} icon={state === 'active' ? Check : Clock}>
        {t(`state.${state}`)}
      </Badge>
      {expiresAt && (
        <span className="mt-0.5 block text-ink-3 text-xs">
          {t('expiresAt')} <Time at={expiresAt} />
        </span>
      )}
      {previous && (
        <span className="mt-0.5 block text-ink-3 text-xs">
          {t('previousUntil')} <Time at={previous.until} />
        </span>
      )}
    </span>
  );
}
