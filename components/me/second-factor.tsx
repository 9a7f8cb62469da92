'use client';

import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/page-header.tsx';

const SetUpSheet = lazy(() => import('./set-up-sheet.tsx').then((module) => ({ default: module.SetUpSheet })));
const RenewCodesSheet = lazy(() =>
  import('./renew-codes-sheet.tsx').then((module) => ({ default: module.RenewCodesSheet })),
);

interface SecondFactorProps {
  readonly isRegistered: boolean;
  readonly recoveryCodesLeft: number;
}

export function SecondFactor({ isRegistered, recoveryCodesLeft }: SecondFactorProps) {
  const t = useTranslations('me');
  const [open, setOpen] = useState<'set-up' | 'codes' | null>(null);
  const close = () => setOpen(null);
  return (
    <Section
      title={t('factor.title')}
      aside={
        <Button onClick={() => setOpen(isRegistered ? 'codes' : 'set-up')}>
          {t(isRegistered ? 'factor.renew' : 'factor.setUp')}
        </Button>
      }
    >
      <p className="text-ink-2">
        {isRegistered ? t('factor.registered', { count: recoveryCodesLeft }) : t('factor.none')}
      </p>
      <Suspense>
        {open === 'set-up' && <SetUpSheet onClose={close} />}
        {open === 'codes' && <RenewCodesSheet onClose={close} />}
      </Suspense>
    </Section>
  );
}
