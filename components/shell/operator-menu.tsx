'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { useMe } from './me.tsx';
import { PreferenceControls } from './preference-controls.tsx';
import { SignOut } from './sign-out.tsx';

/** Who is signed in, how they like the console, and the way out. */
export function OperatorMenu() {
  const t = useTranslations('shell');
  const me = useMe();
  return (
    <>
      <p className="font-semibold">{me.name}</p>
      <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{me.email}</p>
      <p className="text-ink-2 text-sm">{t(`roles.${me.role}`)}</p>
      <p className="mt-2">
        <AppLink href="/settings/me">{t('mySettings')}</AppLink>
      </p>
      <hr className="my-3 border-rule" />
      <PreferenceControls />
      <hr className="my-3 border-rule" />
      <SignOut />
    </>
  );
}
