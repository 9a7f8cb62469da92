'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { ChoiceChip } from '#components/ui/chips.tsx';
import { countText } from '#components/ui/count-text.ts';
import { SelectField } from '#components/ui/field.tsx';
import type { UnreadView } from '#server/notifications/contract.ts';
import {
  NOTIFICATION_VIEWS,
  type NotificationListView,
  SEVERITIES,
  type Severity,
} from '#server/notifications/statuses.ts';
import type { NotificationSearch } from './search.ts';

interface NotificationFilterProps {
  readonly search: NotificationSearch;
  readonly onChange: (change: { readonly view?: NotificationListView; readonly severity?: Severity | null }) => void;
}

export function NotificationFilter({ search, onChange }: NotificationFilterProps) {
  const t = useTranslations('notifications');
  const trpc = useTRPC();
  const unread = useQuery(trpc.notifications.unread.queryOptions({}));
  return (
    <div className="print-hidden flex flex-wrap items-end justify-between gap-3">
      <fieldset className="m-0 flex flex-wrap gap-2 border-0 p-0">
        <legend className="sr-only">{t('views.legend')}</legend>
        {NOTIFICATION_VIEWS.map((view) => (
          <ChoiceChip
            key={view}
            chosen={view === search.view}
            count={countOf(unread.data, view)}
            onChoose={() => onChange({ view })}
          >
            {t(`views.${view}`)}
          </ChoiceChip>
        ))}
      </fieldset>
      <div className="w-44 max-sm:w-full">
        <SelectField
          label={t('filters.severity')}
          value={search.severity ?? ''}
          onChange={(event) => onChange({ severity: SEVERITIES.find((each) => each === event.target.value) ?? null })}
        >
          <option value="">{t('filters.all')}</option>
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {t(`severity.${severity}`)}
            </option>
          ))}
        </SelectField>
      </div>
    </div>
  );
}

function countOf(unread: UnreadView | undefined, view: NotificationListView): string | null {
  if (!unread || view === 'all') return null;
  return countText(unread[view]);
}
