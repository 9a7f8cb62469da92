'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { cx } from '#components/ui/class-names.ts';
import type { ExceptionFilter } from '#server/resolution/contract.ts';
import { useMe } from './me.tsx';
import { isCurrent, NAV_ITEMS, type NavItem } from './nav-items.ts';
import { useUnreadTitle } from './use-unread-title.ts';

const WAITING_EVERY_MS = 15_000;
const PRESSING: readonly ExceptionFilter[] = ['unknown', 'late', 'incident'];

/** A column of icons and words; icons alone on a middling screen, a bar at the bottom of a phone. */
export function Navigation() {
  const t = useTranslations('shell');
  const { role } = useMe();
  const items = NAV_ITEMS.filter((item) => !item.onlyFor || item.onlyFor === role);
  return (
    <nav
      aria-label={t('navigation')}
      className="z-30 shrink-0 bg-sidebar text-sidebar-ink [--focus:#fdc915] max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 sm:sticky sm:top-0 sm:h-dvh sm:w-16 sm:border-rule sm:border-r lg:w-60"
    >
      <p className="hidden h-14 items-center gap-3 px-5 font-semibold text-lg sm:flex">
        <Mark />
        <span className="max-lg:sr-only">Countersign</span>
      </p>
      <ul className="flex max-sm:overflow-x-auto sm:flex-col sm:gap-1 sm:px-2 sm:py-2">
        {items.map((item) => (
          <NavLink key={item.name} item={item} />
        ))}
      </ul>
    </nav>
  );
}

function NavLink({ item }: { readonly item: NavItem }) {
  const t = useTranslations('shell');
  const current = isCurrent(item, usePathname());
  const Icon = item.icon;
  return (
    <li className={cx('flex-1 max-sm:min-w-[4.25rem] sm:min-w-0', item.atDesk && 'max-sm:hidden')}>
      <AppLink
        href={item.href}
        aria-current={current ? 'page' : undefined}
        title={t(`nav.${item.name}`)}
        className={cx(
          'relative flex items-center rounded-control text-sidebar-ink no-underline max-sm:min-h-14 max-sm:flex-col max-sm:justify-center max-sm:gap-1 max-sm:text-xs sm:h-10 sm:gap-3 sm:px-3',
          current ? 'bg-sidebar-active font-semibold' : 'hover:bg-sidebar-active',
        )}
      >
        <Icon aria-hidden size={18} className="shrink-0" />
        <span className="max-w-full truncate max-lg:sm:sr-only">{t(`nav.${item.name}`)}</span>
        {item.name === 'withdrawals' && <WaitingCount />}
        {item.name === 'exceptions' && <ExceptionCount />}
        {item.name === 'notifications' && <UnreadCount />}
      </AppLink>
    </li>
  );
}

/** How many wait for this operator: the one number that asks for a person. */
function WaitingCount() {
  const t = useTranslations('shell');
  const trpc = useTRPC();
  const waiting = useQuery(trpc.withdrawals.waiting.queryOptions({}, { refetchInterval: WAITING_EVERY_MS }));
  const count = shownCount(waiting.data?.forMe);
  return count && <CountMark count={count} says={t('waitingForMe', { count })} />;
}

/** How many need people. What failed has ended, and what is sent again goes by itself. */
function ExceptionCount() {
  const t = useTranslations('shell');
  const trpc = useTRPC();
  const counts = useQuery(trpc.exceptions.counts.queryOptions({}, { refetchInterval: WAITING_EVERY_MS }));
  const pressing = counts.data?.byFilter.filter(({ filter }) => PRESSING.includes(filter)) ?? [];
  const count = shownCount({
    count: pressing.reduce((sum, each) => sum + each.count, 0),
    exact: pressing.every(({ exact }) => exact),
  });
  return count && <CountMark count={count} says={t('exceptionsOpen', { count })} />;
}

/** What nobody has acknowledged yet, here and before the page's title. */
function UnreadCount() {
  const t = useTranslations('shell');
  const trpc = useTRPC();
  const unread = useQuery(trpc.notifications.unread.queryOptions({}, { refetchInterval: WAITING_EVERY_MS }));
  const count = shownCount(unread.data?.open);
  useUnreadTitle(count);
  return count && <CountMark count={count} says={t('unread', { count })} />;
}

const shownCount = (total: { readonly count: number; readonly exact: boolean } | undefined): string | null =>
  total && total.count > 0 ? `${total.count}${total.exact ? '' : '+'}` : null;

function CountMark({ count, says }: { readonly count: string; readonly says: string }) {
  return (
    <span className="rounded-full bg-brand px-1.5 font-semibold text-brand-ink text-xs max-lg:absolute max-lg:top-0.5 max-lg:right-1 lg:ml-auto">
      <span aria-hidden>{count}</span>
      <span className="sr-only">{says}</span>
    </span>
  );
}

function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 24 24" width="24" height="24" fill="none" className="shrink-0">
      <rect x="1" y="1" width="22" height="22" rx="6" fill="#fdc915" />
      <path d="M6 13.5 9.5 17l4-8" stroke="#16191f" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" />
      <path d="m12.5 16.5 1 .5 4.5-8" stroke="#16191f" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
