'use client';

import { Snowflake } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useFreezes } from '#components/status/use-freezes.ts';
import { AppLink } from '#components/ui/app-link.tsx';

/** On every page while anything is frozen, as far as is known: `/status` says what could not be read. */
export function FreezeBanner({ className }: { readonly className: string }) {
  const t = useTranslations('shell');
  const freezes = useFreezes().data?.freezes ?? [];
  const [first] = freezes;
  if (!first) return null;
  return (
    <p className={`${className} bg-danger-tint text-danger`}>
      <Snowflake aria-hidden size={16} />
      <strong className="font-semibold">{t('frozen', { count: String(freezes.length) })}</strong>
      <span className="[overflow-wrap:anywhere]">{first.reason}</span>
      <AppLink href="/status" className="font-medium underline">
        {t('frozenMore')}
      </AppLink>
    </p>
  );
}
