import {
  Activity,
  ArrowUpRight,
  Bell,
  BookUser,
  GitCompareArrows,
  History,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Pickaxe,
  Scale,
  ScrollText,
  TriangleAlert,
  Users,
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
    | 'reconciliation'
    | 'addresses'
    | 'wallets'
    | 'mining'
    | 'notifications'
    | 'policies'
    | 'audit'
    | 'status'
    | 'apiKeys'
    | 'webhooks'
    | 'team';
  readonly href: string;
  readonly icon: LucideIcon;
  readonly command: Command;
  /** Absent: everyone. */
  readonly onlyFor?: OperatorRole;
  /** In the bar of a phone, which has room for four: where the overview is, and where people are waited for. */
  readonly onPhone?: true;
}

export const NAV_ITEMS: readonly NavItem[] = [
  { name: 'overview', href: '/', icon: LayoutDashboard, command: 'go-overview', onPhone: true },
  { name: 'withdrawals', href: '/withdrawals', icon: ArrowUpRight, command: 'go-withdrawals', onPhone: true },
  { name: 'exceptions', href: '/exceptions', icon: TriangleAlert, command: 'go-exceptions', onPhone: true },
  { name: 'balances', href: '/balances', icon: Scale, command: 'go-balances' },
  {
    name: 'reconciliation',
    href: '/reconciliation',
    icon: GitCompareArrows,
    command: 'go-reconciliation',
  },
  { name: 'wallets', href: '/wallets', icon: Wallet, command: 'go-wallets' },
  { name: 'mining', href: '/mining', icon: Pickaxe, command: 'go-mining' },
  { name: 'addresses', href: '/addresses', icon: BookUser, command: 'go-addresses' },
  { name: 'notifications', href: '/notifications', icon: Bell, command: 'go-notifications', onPhone: true },
  { name: 'policies', href: '/policies', icon: ScrollText, command: 'go-policies' },
  { name: 'audit', href: '/audit', icon: History, command: 'go-audit' },
  { name: 'status', href: '/status', icon: Activity, command: 'go-status' },
  { name: 'apiKeys', href: '/settings/api-keys', icon: KeyRound, command: 'go-api-keys', onlyFor: 'admin' },
  { name: 'webhooks', href: '/settings/webhooks', icon: Webhook, command: 'go-webhooks', onlyFor: 'admin' },
  { name: 'team', href: '/settings/team', icon: Users, command: 'go-team', onlyFor: 'admin' },
];

export const isCurrent = (item: NavItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);
