'use client';

import { Ban, Check, CircleX } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge } from '#components/ui/badge.tsx';
import type { AuditOutcome } from '#server/audit/statuses.ts';

const LOOKS = {
  done: { tone: 'neutral', icon: Check },
  refused: { tone: 'warning', icon: Ban },
  failed: { tone: 'danger', icon: CircleX },
} as const satisfies Record<AuditOutcome, object>;

export function OutcomeBadge({ outcome }: { readonly outcome: AuditOutcome }) {
  const t = useTranslations('audit');
  return <Badge {...LOOKS[outcome]}>{t(`outcome.${outcome}`)}</Badge>;
}
