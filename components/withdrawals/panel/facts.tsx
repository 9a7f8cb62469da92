'use client';

import type { ReactNode } from 'react';
import { balanceHref } from '#components/balances/search.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { AppLink } from '#components/ui/app-link.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { PanelSection } from './panel-section.tsx';

/** What is looked up, and decides nothing. */
export function Facts({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('facts.member'),
      <AppLink
        key="member"
        href={balanceHref('/balances', { member: withdrawal.memberId })}
        className="text-focus underline"
      >
        {t('facts.statement')}
      </AppLink>,
    ],
    [t('facts.kind'), t(`kind.${withdrawal.kind}`)],
    ...(withdrawal.reference
      ? [
          [
            t('facts.reference'),
            <Copyable key="ref" text={withdrawal.reference} label={t('facts.reference')} />,
          ] as const,
        ]
      : []),
    [t('facts.id'), <Copyable key="id" text={withdrawal.id} label={t('facts.id')} />],
  ];
  return (
    <PanelSection title={t('facts.title')}>
      <dl className="grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3 leading-8">{name}</dt>
            <dd className="m-0 min-w-0 leading-8 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </PanelSection>
  );
}

function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className="inline-flex items-start gap-1">
      <span className="font-mono text-sm leading-8 [overflow-wrap:anywhere]">{text}</span>
      <CopyButton text={text} label={label} />
    </span>
  );
}
