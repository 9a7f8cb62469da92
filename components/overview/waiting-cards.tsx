'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { exceptionHref } from '#components/exceptions/search.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { type IconShape, type Tone, toneText } from '#components/ui/badge.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { type View, withdrawalHref } from '#components/withdrawals/search.ts';
import { STATUS_LOOKS } from '#components/withdrawals/status-look.ts';
import { countOf } from '#components/withdrawals/view-count.ts';
import type { WaitingView } from '#server/withdrawals/contract.ts';

const WAITING_EVERY_MS = 15_000;
const CARDS = [
  { view: 'waiting', look: STATUS_LOOKS.pending },
  { view: 'review', look: STATUS_LOOKS['manual-review'] },
  { view: 'moving', look: STATUS_LOOKS.submitted },
] as const satisfies { view: View; look: { tone: Tone; icon: IconShape } }[];

export function WaitingCards() {
  const t = useTranslations('overview');
  const trpc = useTRPC();
  const waiting = useQuery(trpc.withdrawals.waiting.queryOptions({}, { refetchInterval: WAITING_EVERY_MS }));
  return (
    <Section title={t('waiting.title')} aside={<Freshness query={waiting} />}>
      {waiting.isPending && <Loading rows={2} />}
      {waiting.isError && !waiting.data && <ErrorState error={waiting.error} onRetry={waiting.refetch} />}
      {waiting.data && <Counts waiting={waiting.data} />}
    </Section>
  );
}

/** Each number is the number of rows its link leads to. */
function Counts({ waiting }: { readonly waiting: WaitingView }) {
  const t = useTranslations('overview');
  const mine = countOf(waiting, 'mine');
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {CARDS.map(({ view, look }) => (
        <CountLink
          key={view}
          view={view}
          look={look}
          count={countOf(waiting, view)}
          note={view === 'waiting' ? t('waiting.mine', { count: mine }) : t(`waiting.note.${view}`)}
        />
      ))}
    </div>
  );
}

interface CountLinkProps {
  readonly view: 'waiting' | 'review' | 'moving';
  readonly look: { readonly tone: Tone; readonly icon: IconShape };
  readonly count: string;
  readonly note: ReactNode;
}

function CountLink({ view, look, count, note }: CountLinkProps) {
  const t = useTranslations('overview');
  const Icon = look.icon;
  return (
    <AppLink
      href={
        view === 'review' ? exceptionHref('/exceptions', { kind: 'unknown' }) : withdrawalHref('/withdrawals', { view })
      }
      className="flex flex-col gap-1 rounded-card border border-rule bg-surface p-4 text-ink no-underline hover:border-control"
    >
      <span className={`inline-flex items-center gap-2 text-sm ${toneText(look.tone)}`}>
        <Icon aria-hidden size={16} />
        {t(`waiting.view.${view}`)}
      </span>
      <span className="font-semibold text-2xl">{count}</span>
      <span className="text-ink-2 text-sm">{note}</span>
    </AppLink>
  );
}
