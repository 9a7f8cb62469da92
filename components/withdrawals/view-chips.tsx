'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { ChoiceChip } from '#components/ui/chips.tsx';
import { VIEWS, type View } from './search.ts';
import { countOf } from './view-count.ts';

const COUNTED: readonly View[] = ['waiting', 'mine', 'moving', 'review'];

interface ViewChipsProps {
  readonly view: View;
  readonly onChoose: (view: View) => void;
}

export function ViewChips({ view, onChoose }: ViewChipsProps) {
  const t = useTranslations('withdrawals');
  const trpc = useTRPC();
  const decides = useHasRole('finance', 'admin');
  const waiting = useQuery(trpc.withdrawals.waiting.queryOptions({}));
  return (
    <fieldset className="m-0 flex flex-wrap gap-2 border-0 p-0">
      <legend className="sr-only">{t('views.legend')}</legend>
      {VIEWS.filter((each) => each !== 'mine' || decides || view === 'mine').map((each) => (
        <ChoiceChip
          key={each}
          chosen={each === view}
          count={COUNTED.includes(each) && waiting.data ? countOf(waiting.data, each) : null}
          onChoose={() => onChoose(each)}
        >
          {t(`views.${each}`)}
        </ChoiceChip>
      ))}
    </fieldset>
  );
}
