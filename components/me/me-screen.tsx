'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Passkeys } from './passkeys.tsx';
import { Sessions } from './sessions.tsx';

/** What belongs to the person who is signed in. */
export function MeScreen() {
  const t = useTranslations('me');
  return (
    <div className="flex max-w-[960px] flex-col gap-8">
      <PageHeader title={t('title')} lead={t('lead')} />
      <Passkeys />
      <Sessions />
    </div>
  );
}
