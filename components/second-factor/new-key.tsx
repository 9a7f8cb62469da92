'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import type { SecondFactorBegunView } from '#server/operators/contract.ts';

/** The key for an authenticator app, to be scanned or typed. Black on white in every theme: cameras expect it. */
export function NewKey({ begun }: { readonly begun: SecondFactorBegunView }) {
  const t = useTranslations('secondFactor');
  const { key, qr } = begun;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">{t('scan')}</p>
      <svg
        role="img"
        aria-label={t('qr')}
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="size-52 self-center rounded-control bg-white"
      >
        <path d={qr.path} fill="#000" />
      </svg>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-ink-2 text-sm">{t('key')}</span>
        <p className="flex items-start gap-1 rounded-control border border-rule bg-ground px-3 py-2">
          <code className="min-w-0 font-mono text-sm leading-8 [overflow-wrap:anywhere]">{key}</code>
          <CopyButton text={key} label={t('key')} />
        </p>
      </div>
    </div>
  );
}
