'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from '#components/i18n/words.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { cx } from '#components/ui/class-names.ts';
import { useMe } from './me.tsx';
import { MoreMenu } from './more-menu.tsx';
import { NavCount } from './nav-counts.tsx';
import { isCurrent, NAV_ITEMS, type NavItem } from './nav-items.ts';

/** A column of icons and words; icons alone on a middling screen, a bar at the bottom of a phone with the rest behind one button. */
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
      <ul className="flex sm:flex-col sm:gap-1 sm:px-2 sm:py-2">
        {items.map((item) => (
          <NavLink key={item.name} item={item} />
        ))}
        <MoreMenu items={items.filter(({ onPhone }) => !onPhone)} />
      </ul>
    </nav>
  );
}

function NavLink({ item }: { readonly item: NavItem }) {
  const t = useTranslations('shell');
  const current = isCurrent(item, usePathname());
  const Icon = item.icon;
  return (
    <li className={cx('min-w-0 flex-1', !item.onPhone && 'max-sm:hidden')}>
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
        <NavCount of={item.name} />
      </AppLink>
    </li>
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
