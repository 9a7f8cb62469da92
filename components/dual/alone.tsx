'use client';

import { useQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Notice } from '#components/ui/badge.tsx';

/** Said before a first person proposes what nobody could confirm. */
export function Alone({ of }: { readonly of: 'admin' | 'finance' | 'lift' }) {
  const t = useTranslations('common');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.decisions.people.queryOptions({}));
  if (!data || data.admin + (of === 'finance' ? data.finance : 0) > 1) return null;
  return (
    <Notice tone="warning" icon={UserRound}>
      {t(`alone.${of}`)}
    </Notice>
  );
}
