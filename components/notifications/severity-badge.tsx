'use client';

import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import type { Severity } from '#server/notifications/statuses.ts';

const LOOKS: Readonly<Record<Severity, { readonly tone: Tone; readonly icon: IconShape }>> = {
  critical: { tone: 'danger', icon: OctagonAlert },
  warning: { tone: 'warning', icon: TriangleAlert },
  info: { tone: 'info', icon: Info },
};

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const t = useTranslations('notifications');
  return <Badge {...LOOKS[severity]}>{t(`severity.${severity}`)}</Badge>;
}
