'use client';

import { Minus, Plus } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { cx } from '#components/ui/class-names.ts';
import type { PolicyRulesView } from '#server/policies/contract.ts';
import { diffOf, type Line } from './diff.ts';
import { useSentences } from './sentences.ts';

export function PolicyText({ rules }: { readonly rules: PolicyRulesView }) {
  const sentences = useSentences();
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5">
      {sentences(rules).map((text) => (
        <li key={text} className="[overflow-wrap:anywhere]">
          {text}
        </li>
      ))}
    </ul>
  );
}

const LOOKS: Readonly<Record<Line['change'], string>> = {
  same: 'text-ink-2',
  removed: 'bg-danger-tint text-danger',
  added: 'bg-success-tint text-success',
};

interface PolicyDiffProps {
  readonly before: PolicyRulesView;
  readonly after: PolicyRulesView;
}

/** What stays, what goes and what comes, sentence by sentence; a sign and a word beside the colour. */
export function PolicyDiff({ before, after }: PolicyDiffProps) {
  const t = useTranslations('policies');
  const sentences = useSentences();
  return (
    <ul aria-label={t('diff.label')} className="flex flex-col gap-1">
      {diffOf(sentences(before), sentences(after)).map(({ change, text }) => (
        <li key={`${change} ${text}`} className={cx('flex items-start gap-2 rounded-control px-2 py-1', LOOKS[change])}>
          <span aria-hidden className="mt-1 inline-flex w-4 shrink-0 justify-center">
            {change === 'removed' && <Minus size={14} />}
            {change === 'added' && <Plus size={14} />}
          </span>
          <span className="[overflow-wrap:anywhere]">
            {change !== 'same' && <span className="sr-only">{t(`diff.${change}`)} </span>}
            {text}
          </span>
        </li>
      ))}
    </ul>
  );
}
