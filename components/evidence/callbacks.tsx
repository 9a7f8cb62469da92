'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Attempt } from './candidates.ts';
import { Facts, Part } from './part.tsx';
import { Raw } from './raw.tsx';

/** What was posted about a transit, each body as it came, and what it counts for. */
export function Callbacks({ attempt }: { readonly attempt: Attempt }) {
  const t = useTranslations('evidence');
  if (attempt.kind !== 'wallet_transit') return null;
  return (
    <Part title={t('callbacks.title')}>
      {attempt.callbacks.length === 0 && <p>{t('callbacks.none')}</p>}
      {attempt.callbacks.map(({ id, at, bytes, body, word }) => (
        <div key={id} className="flex flex-col gap-2">
          <Facts
            rows={[
              [t('callbacks.at'), <Time key="at" at={at} />],
              [t('callbacks.taken'), t(`callbacks.word.${word}`)],
              [t('callbacks.size'), t('callbacks.bytes', { bytes })],
            ]}
          />
          {body ? <Raw text={body} label={t('callbacks.title')} /> : <p className="text-ink-2">{t('reply.empty')}</p>}
        </div>
      ))}
    </Part>
  );
}
