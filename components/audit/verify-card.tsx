'use client';

import { ShieldAlert, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Time } from '#components/ui/time.tsx';
import { useVerification, type Verification } from './use-verification.ts';

/** Shows whether the record is as it was written, and where it is not. */
export function VerifyCard() {
  const t = useTranslations('audit');
  const { state, error, isRunning, start } = useVerification();
  return (
    <div className="flex flex-col gap-3 rounded-card border border-rule bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="m-0 max-w-[720px] text-ink-2">{t('verify.lead')}</p>
        <Button aria-disabled={isRunning} onClick={() => !isRunning && void start()}>
          {t('verify.start')}
        </Button>
      </div>
      <div aria-live="polite" className="flex flex-col gap-2">
        {isRunning && (
          <label className="flex flex-col gap-1 text-sm">
            {t('verify.progress', { checked: state?.checked ?? 0, end: state?.end ?? 0 })}
            <progress className="w-full" value={state?.checked ?? 0} max={Math.max(state?.end ?? 1, 1)} />
          </label>
        )}
        {state?.rest && <Verdict state={state} rest={state.rest} />}
        {error !== null && <FailureNote failure={readFailure(error)} isHarmless />}
      </div>
    </div>
  );
}

function Verdict({ state, rest }: { readonly state: Verification; readonly rest: NonNullable<Verification['rest']> }) {
  const t = useTranslations('audit');
  const { firstFault: first, faults, checked } = state;
  return (
    <>
      {first ? (
        <Notice tone="danger" icon={ShieldAlert}>
          <p className="m-0 font-semibold">{t('verify.broken', { faults })}</p>
          <p className="m-0">
            {first.position === null
              ? t('verify.firstOutside', { fault: t(`fault.${first.fault}`) })
              : t('verify.first', { fault: t(`fault.${first.fault}`), position: first.position })}
          </p>
          {first.eventId && <p className="m-0 font-mono text-sm [overflow-wrap:anywhere]">{first.eventId}</p>}
        </Notice>
      ) : (
        <Notice tone="success" icon={ShieldCheck}>
          {t('verify.sound', { checked })}
        </Notice>
      )}
      {!rest.head.isSigned && checked > 0 && (
        <Notice tone="warning" icon={TriangleAlert}>
          {t('verify.unsigned')}
        </Notice>
      )}
      {rest.head.isSigned && !rest.keptHeads && (
        <Notice tone="warning" icon={TriangleAlert}>
          {t('verify.noKeptHeads')}
        </Notice>
      )}
      <p className="m-0 text-ink-2 text-sm">
        {rest.keptHeads?.lastAt && (
          <>
            {t('verify.keptHeads', { count: rest.keptHeads.count })} <Time at={rest.keptHeads.lastAt} />{' '}
          </>
        )}
        {rest.waiting.count > 0 && t('verify.waiting', { count: rest.waiting.count })}
      </p>
    </>
  );
}
