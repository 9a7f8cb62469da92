'use client';

import { Check, Circle, Pause } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import type { WalletStatus } from '#server/wallets/statuses.ts';

const LOOKS: Readonly<Record<WalletStatus, { readonly tone: Tone; readonly icon: IconShape }>> = {
  creating: { tone: 'info', icon: Circle },
  active: { tone: 'success', icon: Check },
  paused: { tone: 'warning', icon: Pause },
};

export function WalletStatusBadge({ status }: { readonly status: WalletStatus }) {
  const t = useTranslations('wallets');
  return <Badge {...LOOKS[status]}>{t(`status.${status}`)}</Badge>;
}
