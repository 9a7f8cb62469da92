'use client';

import { useQuery } from '@tanstack/react-query';
import { ShieldAlert, X } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { IncidentDecisions } from './incident-decisions.tsx';
import { IncidentFacts } from './incident-facts.tsx';

const EVERY_MS = 5_000;
export const INCIDENT_HEADING_ID = 'incident-heading';

interface IncidentPanelProps {
  readonly id: string;
  readonly onClose: () => void;
  /** Set by whoever opened it on purpose; walking through the rows leaves the focus in the list. */
  readonly takesFocus: RefObject<boolean>;
}

export function IncidentPanel({ id, onClose, takesFocus }: IncidentPanelProps) {
  const t = useTranslations('incidents');
  const tExceptions = useTranslations('exceptions');
  const tCommon = useTranslations('common');
  const trpc = useTRPC();
  const heading = useRef<HTMLHeadingElement>(null);
  const incident = useQuery(trpc.incidents.get.queryOptions({ id }, { refetchInterval: EVERY_MS }));

  useEffect(() => {
    if (takesFocus.current) heading.current?.focus();
    takesFocus.current = false;
  }, [takesFocus]);

  return (
    <aside
      data-keys
      aria-label={t('panel')}
      className="print-whole slide-in flex min-w-0 flex-col self-start rounded-card border border-rule bg-raised lg:sticky lg:top-20 lg:max-h-[calc(100dvh-152px)]"
    >
      <header className="flex items-center justify-between gap-3 border-rule border-b px-4 py-2 sm:px-6">
        <h2
          ref={heading}
          id={INCIDENT_HEADING_ID}
          tabIndex={-1}
          className="flex min-w-0 items-center gap-2 font-semibold text-lg outline-none"
        >
          <ShieldAlert aria-hidden size={18} className="shrink-0 text-warning" />
          {incident.data ? tExceptions(`incident.${incident.data.kind}.title`) : t('panel')}
        </h2>
        <Button look="quiet" className="-mr-2 px-2" aria-label={tCommon('close')} onClick={onClose}>
          <X aria-hidden size={18} />
        </Button>
      </header>
      {incident.data ? (
        <>
          <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4 sm:p-6">
            <IncidentFacts incident={incident.data} freshness={<Freshness query={incident} />} />
          </div>
          <IncidentDecisions incident={incident.data} />
        </>
      ) : (
        <div className="p-4">
          {incident.isPending ? <Loading rows={6} /> : <ErrorState error={incident.error} onRetry={incident.refetch} />}
        </div>
      )}
    </aside>
  );
}
