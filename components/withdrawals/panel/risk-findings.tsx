'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Info, OctagonX, Pause, Users } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Address } from '#components/ui/address.tsx';
import { formatAmount } from '#components/ui/amount-text.ts';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { RiskFindingView } from '#server/risk/contract.ts';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { Words } from '../words.ts';
import { newestOfEachRule } from './newest-findings.ts';
import { PanelSection } from './panel-section.tsx';

const LOOKS: Readonly<Record<RiskFindingView['result'], { readonly tone: Tone; readonly icon: IconShape }>> = {
  refuse: { tone: 'danger', icon: OctagonX },
  hold: { tone: 'warning', icon: Pause },
  escalate: { tone: 'warning', icon: Users },
  note: { tone: 'info', icon: Info },
  pass: { tone: 'success', icon: Check },
};

/** A vote or a change of the amount leaves findings of its own. */
const EVERY_MS = 10_000;

/** What the rules of risk saw: each with its line, what was observed, and what came of it. */
export function RiskFindings({ withdrawal }: { readonly withdrawal: WithdrawalView }) {
  const t = useTranslations('withdrawals');
  const trpc = useTRPC();
  const options = { refetchInterval: EVERY_MS };
  const findings = useQuery(trpc.risk.findings.queryOptions({ withdrawalId: withdrawal.id }, options));
  if (findings.isError && !findings.data) return <ErrorState error={findings.error} onRetry={findings.refetch} />;
  const rows = newestOfEachRule(findings.data?.rows ?? []);
  if (rows.length === 0) return null;
  return (
    <PanelSection title={t('risk.title')}>
      <ul className="flex flex-col gap-3">
        {rows.map((finding) => (
          <li key={finding.id} className="flex items-start gap-2">
            <span className="shrink-0">
              <Badge {...LOOKS[finding.result]}>{t(`risk.result.${finding.result}`)}</Badge>
            </span>
            <span className="min-w-0">
              {t(`risk.rule.${finding.rule}`)}
              <span className="block text-ink-2 text-sm [overflow-wrap:anywhere]">
                <Observed finding={finding} withdrawal={withdrawal} />
              </span>
              <span className="block text-ink-3 text-xs">
                {t(`risk.moment.${finding.moment}`)} · <ZonedTime at={finding.at} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

interface ObservedProps {
  readonly finding: RiskFindingView;
  readonly withdrawal: WithdrawalView;
}

function Observed({ finding, withdrawal: { asset, destination } }: ObservedProps) {
  const t = useTranslations('withdrawals');
  const { rule, threshold, observed } = finding;
  const line = threshold ?? '';
  switch (rule) {
    case 'amount':
    case 'limit_day':
    case 'limit_week':
    case 'limit_month':
      return t(`risk.observed.${rule}`, { observed: formatAmount(observed), threshold: formatAmount(line), asset });
    case 'velocity':
      return t('risk.observed.velocity', { observed, threshold: line });
    case 'first_payment':
      return t('risk.observed.first_payment');
    case 'look_alike':
      return <LookAlike address={destination.address} known={observed} threshold={line} />;
    case 'allow_list':
      return <Listed finding={finding} />;
    case 'ip_address':
      return t(line === 'denied' ? 'risk.observed.ip_denied' : 'risk.observed.ip_allowed', {
        ip: observed === 'unknown' ? t('risk.observed.unknown') : observed,
      });
    case 'screening':
      return screeningWord(t, observed);
    case 'new_device':
      return <NewDevice finding={finding} />;
  }
}

/** Both whole, one above the other: only so the difference is seen. */
function LookAlike({ address, known, threshold }: { address: string; known: string; threshold: string }) {
  const t = useTranslations('withdrawals');
  return (
    <>
      {t('risk.observed.look_alike', { threshold })}
      <span className="mt-1 block text-ink-3 text-xs">{t('risk.observed.this_one')}</span>
      <Address text={address} copyLabel={t('risk.observed.this_one')} />
      <span className="block text-ink-3 text-xs">{t('risk.observed.known_one')}</span>
      <Address text={known} copyLabel={t('risk.observed.known_one')} />
    </>
  );
}

function Listed({ finding: { observed, threshold, at } }: { readonly finding: RiskFindingView }) {
  const t = useTranslations('withdrawals');
  const rule = t(threshold === 'require' ? 'risk.observed.list_required' : 'risk.observed.list_warns');
  if (observed === 'absent') return `${t('risk.observed.not_listed')} · ${rule}`;
  const isCooling = Date.parse(observed) > Date.parse(at);
  return (
    <>
      {t(isCooling ? 'risk.observed.listed_cooling' : 'risk.observed.listed')} <ZonedTime at={observed} /> · {rule}
    </>
  );
}

const SCREENED = ['pending', 'accept', 'hold', 'refuse'] as const;

/** The verdict in our words, and what the service wrote beside it. */
function screeningWord(t: Words, observed: string): string {
  const [verdict = '', ...rest] = observed.split(' ');
  const known = SCREENED.find((each) => each === verdict);
  return [known ? t(`risk.observed.screening_${known}`) : verdict, ...rest].join(' ');
}

function NewDevice({ finding: { observed, threshold } }: { readonly finding: RiskFindingView }) {
  const t = useTranslations('withdrawals');
  return (
    <>
      {t('risk.observed.new_device', { threshold: threshold ?? '' })} ·{' '}
      {observed === 'unknown' ? t('risk.observed.unknown') : <ZonedTime at={observed} />}
    </>
  );
}
