import {
  Activity,
  ArrowUpRight,
  Bell,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Pickaxe,
  Scale,
  TriangleAlert,
  Wallet,
  Webhook,
} from 'lucide-react';
import type { Command } from '#components/keyboard/keymap.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';

export interface NavItem {
  readonly name:
    | 'overview'
    | 'withdrawals'
    | 'exceptions'
    | 'balances'
    | 'wallets'
    | 'mining'
    | 'notifications'
    | 'status'
    | 'apiKeys'
    | 'webhooks';
  readonly href: string;
  readonly icon: LucideIcon;
  readonly command: Command;
  /** Absent: everyone. */
  readonly onlyFor?: OperatorRole;
  /** Not in the bar of a phone, where there is room for what is needed on the way. */
  readonly atDesk?: true;
}

export const NAV_ITEMS: readonly NavItem[] = [
  { name: 'overview', href: '/', icon: LayoutDashboard, command: 'go-overview' },
  { name: 'withdrawals', href: '/withdrawals', icon: ArrowUpRight, command: 'go-withdrawals' },
  { name: 'exceptions', href: '/exceptions', icon: TriangleAlert, command: 'go-exceptions' },
  { name: 'balances', href: '/balances', icon: Scale, command: 'go-balances' },
  { name: 'wallets', href: '/wallets', icon: Wallet, command: 'go-wallets' },
  { name: 'mining', href: '/mining', icon: Pickaxe, command: 'go-mining' },
  { name: 'notifications', href: '/notifications', icon: Bell, command: 'go-notifications' },
  { name: 'status', href: '/status', icon: Activity, command: 'go-status', atDesk: true },
  { name: 'apiKeys', href: '/settings/api-keys', icon: KeyRound, command: 'go-api-keys', onlyFor: 'admin' },
  {
    name: 'webhooks',
    href: '/settings/webhooks',
    icon: Webhook,
    command: 'go-webhooks',
    onlyFor: 'admin',
    atDesk: true,
  },
];

export const isCurrent = (item: NavItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);
