'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useMe } from './me.tsx';

const ROWS = [
  { keys: ['J', '↓'], name: 'next' },
  { keys: ['K', '↑'], name: 'previous' },
  { keys: ['Enter', 'O'], name: 'open' },
  { keys: ['Esc'], name: 'close' },
  { keys: ['A'], name: 'approve' },
  { keys: ['R'], name: 'reject' },
  { keys: ['H'], name: 'hold' },
  { keys: ['N'], name: 'note' },
  { keys: ['U'], name: 'recheck' },
  { keys: ['/'], name: 'search' },
  { keys: ['G O'], name: 'goOverview' },
  { keys: ['G W'], name: 'goWithdrawals' },
  { keys: ['G E'], name: 'goExceptions' },
  { keys: ['G B'], name: 'goBalances' },
  { keys: ['G A'], name: 'goWallets' },
  { keys: ['G R'], name: 'goReconciliation' },
  { keys: ['G M'], name: 'goMining' },
  { keys: ['G D'], name: 'goAddresses' },
  { keys: ['G N'], name: 'goNotifications' },
  { keys: ['G K'], name: 'goApiKeys' },
  { keys: ['G P'], name: 'goPolicies' },
  { keys: ['G S'], name: 'goStatus' },
  { keys: ['G L'], name: 'goAudit' },
  { keys: ['G H'], name: 'goWebhooks' },
  { keys: ['G T'], name: 'goTeam' },
  { keys: ['?'], name: 'help' },
] as const;

const ADMINS: readonly (typeof ROWS)[number]['name'][] = ['goApiKeys', 'goWebhooks', 'goTeam'];

export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shell');
  const { letterKeys, choose } = usePreferences();
  const { role } = useMe();
  const rows = ROWS.filter(({ name }) => role === 'admin' || !ADMINS.includes(name));
  return (
    <Dialog title={t('keys')} onClose={onClose}>
      <p className="mb-3 text-ink-2 text-sm">{t('keysScope')}</p>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {rows.map(({ keys, name }) => (
          <div key={name} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="rounded-control border border-control px-1.5 font-mono text-sm">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`keyNames.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-4 flex min-h-8 items-center gap-2">
        <input
          type="checkbox"
          checked={letterKeys}
          onChange={(event) => choose({ letterKeys: event.target.checked })}
          className="size-4 accent-focus"
        />
        {t('letterKeys')}
      </label>
    </Dialog>
  );
}
