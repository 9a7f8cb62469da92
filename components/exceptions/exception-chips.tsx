'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { ChoiceChip } from '#components/ui/chips.tsx';
import { countText } from '#components/ui/count-text.ts';
import { EXCEPTION_FILTERS } from '#server/resolution/statuses.ts';
import type { ExceptionSearch } from './search.ts';

const COUNTS_EVERY_MS = 15_000;

interface ExceptionChipsProps {
  readonly kind: ExceptionSearch['kind'];
  readonly onChoose: (kind: ExceptionSearch['kind']) => void;
}

export function ExceptionChips({ kind, onChoose }: ExceptionChipsProps) {
  const t = useTranslations('exceptions');
  const trpc = useTRPC();
  const counts = useQuery(trpc.exceptions.counts.queryOptions({}, { refetchInterval: COUNTS_EVERY_MS }));
  const countOf = (wanted: string) => {
    const found = counts.data?.byFilter.find(({ filter }) => filter === wanted);
    return found ? countText(found) : null;
  };
  return (
    <fieldset className="m-0 flex flex-wrap gap-2 border-0 p-0">
      <legend className="sr-only">{t('kinds')}</legend>
      <ChoiceChip chosen={kind === null} onChoose={() => onChoose(null)}>
        {t('kind.all')}
      </ChoiceChip>
      {EXCEPTION_FILTERS.map((each) => (
        <ChoiceChip key={each} chosen={each === kind} count={countOf(each)} onChoose={() => onChoose(each)}>
          {t(`kind.${each}`)}
        </ChoiceChip>
      ))}
    </fieldset>
  );
}
