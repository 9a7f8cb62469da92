'use client';

import { useSyncExternalStore } from 'react';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { cx } from './class-names.ts';
import { formatAge, formatBothZones, formatInstant, otherZone, zoneName } from './time-text.ts';

const TICK_MS = 1_000;

interface TimeProps {
  readonly at: string;
  readonly className?: string;
  readonly zoned?: boolean;
}

/** The zone is in the tooltip beside the other one, and in the header for all times at once. */
export function Time({ at, className, zoned = false }: TimeProps) {
  const { zone } = usePreferences();
  const other = otherZone(zone);
  return (
    <time dateTime={at} title={formatBothZones(at)} className={cx('relative whitespace-nowrap', className)}>
      {formatInstant(at, zone)}
      {zoned && ` ${zoneName(zone)}`}
      {/* The tooltip is for the mouse alone. It is not copied with the rest. */}
      <span className="sr-only select-none">{` (${formatInstant(at, other)} ${zoneName(other)})`}</span>
    </time>
  );
}

/** With the zone spelled out, where a time stands alone in a sentence. */
export const ZonedTime = ({ at }: Pick<TimeProps, 'at'>) => <Time at={at} zoned />;

export function Age({ at }: { readonly at: string }) {
  const { locale } = usePreferences();
  const nowMs = useNowMs();
  return (
    <time dateTime={at} title={formatBothZones(at)} className="whitespace-nowrap">
      {formatAge(at, nowMs, locale)}
    </time>
  );
}

/** The clock, a second at a time; while hydrating it is the server's, so that both say the same. */
export function useNowMs(): number {
  const { renderedAt } = usePreferences();
  return useSyncExternalStore(subscribeToSeconds, currentSecond, () => Date.parse(renderedAt));
}

/** Whether that instant has come, or there is none to wait for; the screen is not drawn again each second for it. */
export function useHasCome(at: string | null): boolean {
  const { renderedAt } = usePreferences();
  const hasComeBy = (nowMs: number) => at === null || Date.parse(at) <= nowMs;
  return useSyncExternalStore(
    subscribeToSeconds,
    () => hasComeBy(currentSecond()),
    () => hasComeBy(Date.parse(renderedAt)),
  );
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribeToSeconds(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const currentSecond = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;
