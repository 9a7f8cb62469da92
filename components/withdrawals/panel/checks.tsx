'use client';

import { Check, TriangleAlert, X } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { formatAmount } from '#components/ui/amount-text.ts';
import { AppLink } from '#components/ui/app-link.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { heldFrom } from '../held-from.ts';
import { withdrawalHref } from '../search.ts';
import type { Words } from '../words.ts';
import { PanelSection } from './panel-section.tsx';

type ApproverCheck = WithdrawalView['checks'][number];

const CHECK_LOOKS: Readonly<Record<ApproverCheck['result'], { readonly tone: Tone; readonly icon: IconShape }>> = {
  ok: { tone: 'success', icon: Check },
  attention: { tone: 'warning', icon: TriangleAlert },
  failed: { tone: 'danger', icon: X },
};
const CHECK_ORDER = ['failed', 'attention', 'ok'];

/** What is wrong comes first. */
export function Checks({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const symbol = useAssetSymbol()(withdrawal.asset);
  if (withdrawal.checks.length === 0) return null;
  const checks = withdrawal.checks.toSorted((a, b) => CHECK_ORDER.indexOf(a.result) - CHECK_ORDER.indexOf(b.result));
  return (
    <PanelSection title={t('checks.title')}>
      <ul className="flex flex-col gap-1">
        {checks.map(({ name, result, observed }) => (
          <li key={name} className="flex items-start gap-2">
            <span className="shrink-0">
              <Badge {...CHECK_LOOKS[result]}>{t(`checks.result.${result}`)}</Badge>
            </span>
            <span className="min-w-0">
              {t(name === 'funds_held' ? `checks.name.funds_held.${heldFrom(withdrawal.kind)}` : `checks.name.${name}`)}{' '}
              <span className="text-ink-2 text-sm [overflow-wrap:anywhere]">
                {observation(t, { name, result, observed }, { kind: withdrawal.kind, symbol })}
                {name === 'member_in_flight' && result !== 'ok' && (
                  <AppLink
                    href={withdrawalHref('/withdrawals', { view: 'all', member: withdrawal.memberId })}
                    className="ml-2 text-focus underline"
                  >
                    {t('checks.observed.see')}
                  </AppLink>
                )}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

interface Held {
  readonly kind: WithdrawalView['kind'];
  readonly symbol: string;
}

/** What the server saw, as a sentence; the figures in it are the server's own. */
function observation(t: Words, { name, result, observed }: ApproverCheck, { kind, symbol }: Held): string {
  switch (name) {
    case 'funds_held':
      return t(`checks.observed.funds_held.${heldFrom(kind)}`, { amount: formatAmount(observed), asset: symbol });
    case 'destination_current':
      return observed
        ? t('checks.observed.destination_current', { account: observed })
        : t('checks.observed.destination_unread');
    case 'provider_running':
      return t(result === 'ok' ? 'checks.observed.running' : 'checks.observed.stopped');
    case 'member_in_flight':
      return t('checks.observed.member_in_flight', { count: observed });
  }
}
