'use client';

import { Check, Circle } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import { formatInstant, zoneName } from '#components/ui/time-text.ts';
import type { EvidenceView } from '#server/resolution/contract.ts';
import { Part } from './part.tsx';

type Period = NonNullable<EvidenceView['attempts'][number]['quietPeriod']>;
type Condition = Period['conditions'][number];

/** What must hold before two people may say that it was not paid, each with what was seen. */
export function QuietPeriod({ period }: { readonly period: Period }) {
  const t = useTranslations('evidence');
  return (
    <Part title={t('quiet.title')}>
      <p>{t(period.complete ? 'quiet.complete' : 'quiet.lead')}</p>
      <p className="text-ink-2">
        {t('quiet.until')} <ZonedTime at={period.until} /> <Remaining until={period.until} />
      </p>
      <ul className="flex flex-col gap-2">
        {period.conditions.map((condition) => (
          <ConditionRow key={condition.name} condition={condition} />
        ))}
      </ul>
    </Part>
  );
}

function ConditionRow({ condition: { name, required, observed, met } }: { readonly condition: Condition }) {
  const t = useTranslations('evidence');
  const readable = useReadable();
  const known = `quiet.condition.${name}` as 'quiet.condition.time_over';
  return (
    <li className="flex items-start gap-2">
      <span className="shrink-0">
        <Badge tone={met ? 'success' : 'neutral'} icon={met ? Check : Circle}>
          {t(met ? 'quiet.met' : 'quiet.unmet')}
        </Badge>
      </span>
      <span className="min-w-0">
        {t.has(known) ? t(known) : name}
        <span className="block text-ink-2 text-sm [overflow-wrap:anywhere]">
          {t('quiet.compare', { required: readable(required), observed: readable(observed) })}
        </span>
      </span>
    </li>
  );
}

const ISO = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;
const READS_REQUIRED = /^(\d+), the last after (.+)$/;
const READS_SEEN = /^(\d+), (.+)$/;

/** The server's own figures: instants in the reader's zone, its few words in the reader's language. */
function useReadable(): (text: string) => string {
  const t = useTranslations('evidence');
  const { zone } = usePreferences();
  const word = (text: string) => {
    const key = `quiet.word.${text}` as 'quiet.word.yes';
    return /^[a-z_]+$/.test(text) && t.has(key) ? t(key) : text;
  };
  const plain = (text: string) => {
    const at = text === '-' ? t('quiet.word.nothing') : text;
    return at.replace(ISO, (iso) => `${formatInstant(iso, zone)} ${zoneName(zone)}`);
  };
  return (text) => {
    const required = READS_REQUIRED.exec(text);
    if (required) return t('quiet.reads.required', { count: required[1] ?? '', at: plain(required[2] ?? '') });
    const seen = READS_SEEN.exec(text);
    if (seen) return t('quiet.reads.seen', { count: seen[1] ?? '', at: plain(seen[2] ?? '') });
    return text.includes(',')
      ? text
          .split(/, | or /)
          .map(word)
          .join(' · ')
      : word(plain(text));
  };
}
