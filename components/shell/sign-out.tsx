'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';

export function SignOut() {
  const t = useTranslations('shell');
  const [failed, setFailed] = useState(false);

  const signOut = async () => {
    setFailed(false);
    const reply = await post('/api/auth/sign-out').catch(() => null);
    // A whole new page: nothing this operator has read stays in memory for the next one.
    if (reply?.ok) window.location.assign('/sign-in');
    else setFailed(true);
  };

  return (
    <div className="flex flex-col items-start gap-2">
      <Button onClick={() => void signOut()}>
        <LogOut aria-hidden size={16} />
        {t('signOut')}
      </Button>
      {failed && (
        <p role="alert" className="text-danger text-sm">
          {t('signOutFailed')}
        </p>
      )}
    </div>
  );
}

const post = (path: string) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
