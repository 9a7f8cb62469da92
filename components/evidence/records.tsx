'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { Attempt } from './candidates.ts';
import { textOf } from './json.ts';
import { Part } from './part.tsx';
import { Raw } from './raw.tsx';

const KINDS = ['document', 'receipt'] as const;

/** What people attached and what the chain shows. Every other kind stands in a place of its own. */
export function Records({ attempt }: { readonly attempt: Attempt }) {
  const t = useTranslations('evidence');
  const records = attempt.evidence.filter(({ kind }) => KINDS.some((each) => each === kind));
  if (records.length === 0) return null;
  return (
    <Part title={t('records.title')}>
      <ul className="flex flex-col gap-3">
        {records.map(({ id, kind, at, body }) => {
          const known = KINDS.find((each) => each === kind);
          const name = textOf(body, 'name') ?? (known ? t(`records.kind.${known}`) : kind);
          return (
            <li key={id} className="flex flex-col gap-1">
              <span className="flex flex-wrap items-baseline gap-x-2">
                <span className="[overflow-wrap:anywhere]">{name}</span>
                <Time at={at} className="text-ink-3 text-sm" />
              </span>
              <Raw text={kind === 'document' ? (textOf(body, 'text') ?? '') : pretty(body)} label={name} />
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

const pretty = (body: Json): string => JSON.stringify(body, null, 2);
