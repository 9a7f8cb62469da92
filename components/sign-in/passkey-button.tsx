'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { type PasskeyOutcome, signInWithPasskey } from './passkey-sign-in.ts';

export function PasskeyButton({ next }: { readonly next: string }) {
  const t = useTranslations('signIn');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Exclude<PasskeyOutcome, 'signed-in' | 'put_away'> | null>(null);
  const ask = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const outcome = await signInWithPasskey(new AbortController().signal);
    if (outcome === 'signed-in') return window.location.assign(next);
    setBusy(false);
    setProblem(outcome === 'put_away' ? null : outcome);
  };
  return (
    <div className="flex flex-col gap-1">
      <Button className="min-h-10" aria-disabled={busy} onClick={() => void ask()}>
        <KeyRound aria-hidden size={16} />
        {t('withPasskey')}
      </Button>
      {problem && (
        <p role="alert" className="text-danger text-sm">
          {t(`problems.${problem}`)}
        </p>
      )}
    </div>
  );
}
