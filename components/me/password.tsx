'use client';

import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/page-header.tsx';

const ChangePasswordSheet = lazy(() =>
  import('./change-password-sheet.tsx').then((module) => ({ default: module.ChangePasswordSheet })),
);

/** Without a second factor there is nothing to confirm a change with. */
export function Password({ hasSecondFactor }: { readonly hasSecondFactor: boolean }) {
  const t = useTranslations('me');
  const [changes, setChanges] = useState(false);
  return (
    <Section
      title={t('password.title')}
      aside={hasSecondFactor && <Button onClick={() => setChanges(true)}>{t('password.change')}</Button>}
    >
      <p className="text-ink-2">{t(hasSecondFactor ? 'password.lead' : 'password.needsApp')}</p>
      <Suspense>{changes && <ChangePasswordSheet onClose={() => setChanges(false)} />}</Suspense>
    </Section>
  );
}
