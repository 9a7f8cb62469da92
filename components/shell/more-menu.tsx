'use client';

import { Ellipsis } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { cx } from '#components/ui/class-names.ts';
import { isCurrent, type NavItem } from './nav-items.ts';

const MORE_ID = 'more-pages';

/** On a phone: the pages that have no place in the bar, in a sheet above it. */
export function MoreMenu({ items }: { readonly items: readonly NavItem[] }) {
  const t = useTranslations('shell');
  const path = usePathname();
  const sheet = useRef<HTMLDivElement>(null);
  const isInside = items.some((item) => isCurrent(item, path));
  return (
    <li className="min-w-0 flex-1 sm:hidden">
      <button
        type="button"
        popoverTarget={MORE_ID}
        className={cx(
          'flex min-h-14 w-full flex-col items-center justify-center gap-1 rounded-control text-xs',
          isInside && 'bg-sidebar-active font-semibold',
        )}
      >
        <Ellipsis aria-hidden size={18} />
        {t('more')}
      </button>
      <div
        ref={sheet}
        id={MORE_ID}
        popover="auto"
        className="fixed inset-x-0 top-auto bottom-14 m-0 w-full max-w-none border-rule border-t bg-sidebar p-2 text-sidebar-ink backdrop:bg-[#0f1216]/50"
      >
        <ul className="flex flex-col gap-1">
          {items.map((item) => (
            <li key={item.name}>
              <AppLink
                href={item.href}
                aria-current={isCurrent(item, path) ? 'page' : undefined}
                onClick={() => sheet.current?.hidePopover()}
                className={cx(
                  'flex min-h-12 items-center gap-3 rounded-control px-3 text-sidebar-ink no-underline',
                  isCurrent(item, path) && 'bg-sidebar-active font-semibold',
                )}
              >
                <item.icon aria-hidden size={18} className="shrink-0" />
                {t(`nav.${item.name}`)}
              </AppLink>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}
