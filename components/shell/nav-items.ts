import { ArrowUpRight, KeyRound, LayoutDashboard, type LucideIcon, Pickaxe, Wallet } from 'lucide-react';
import type { Command } from '#components/keyboard/keymap.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';

export interface NavItem {
  readonly name: 'overview' | 'withdrawals' | 'wallets' | 'mining' | 'apiKeys';
  readonly href: string;
  readonly icon: LucideIcon;
  readonly command: Command;
  /** Absent: everyone. */
  readonly onlyFor?: OperatorRole;
}

export const NAV_ITEMS: readonly NavItem[] = [
  { name: 'overview', href: '/', icon: LayoutDashboard, command: 'go-overview' },
  { name: 'withdrawals', href: '/withdrawals', icon: ArrowUpRight, command: 'go-withdrawals' },
  { name: 'wallets', href: '/wallets', icon: Wallet, command: 'go-wallets' },
  { name: 'mining', href: '/mining', icon: Pickaxe, command: 'go-mining' },
  { name: 'apiKeys', href: '/settings/api-keys', icon: KeyRound, command: 'go-api-keys', onlyFor: 'admin' },
];

export const isCurrent = (item: NavItem, path: string): boolean =>
  item.href === '/' ? path === '/' : path === item.href || path.startsWith(`${item.href}/`);
