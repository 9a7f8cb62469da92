'use client';

import { CircleSlash, Inbox, Lock, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { Button } from './button.tsx';

/** Grey lines in place of rows; they come only when the answer takes longer than a blink. */
export function Loading({ rows = 5 }: { readonly rows?: number }) {
  const t = useTranslations('common');
  return (
    <div role="status" className="appear-late flex flex-col gap-3 rounded-card border border-rule bg-surface p-4">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_, index) => `line-${index}`).map((line) => (
        <span key={line} className="h-6 rounded-control bg-rule" />
      ))}
    </div>
  );
}

interface MessageProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
}

function Message({ icon, title, children }: MessageProps) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-card border border-rule bg-surface p-6">
      <p className="flex items-center gap-2 font-medium text-lg">
        {icon}
        {title}
      </p>
      {children}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Message icon={<Inbox aria-hidden size={18} className="text-ink-3" />} title={title}>
      {children}
    </Message>
  );
}

export function NoPermission() {
  const t = useTranslations('common');
  return (
    <Message icon={<Lock aria-hidden size={18} />} title={t('noPermission')}>
      <p className="max-w-[720px] text-ink-2">{t('noPermissionNext')}</p>
    </Message>
  );
}

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry: () => unknown;
}

/** What could not be read, why as far as known, and what to do about it. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const t = useTranslations('common');
  const tErrors = useTranslations('errors');
  const failure = readFailure(error);
  if (failure.code === 'auth.forbidden') return <NoPermission />;
  const Icon = failure.code === 'network' ? WifiOff : CircleSlash;
  return (
    <div role="alert">
      <Message icon={<Icon aria-hidden size={18} className="text-danger" />} title={t('couldNotRead')}>
        <p className="max-w-[720px] text-ink-2">{tErrors(failure.code)}</p>
        {failure.incidentId && <p className="font-mono text-sm">{t('incident', { id: failure.incidentId })}</p>}
        <Button onClick={() => onRetry()}>{t('retry')}</Button>
      </Message>
    </div>
  );
}
