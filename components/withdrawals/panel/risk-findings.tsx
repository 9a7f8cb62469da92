'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Info, OctagonX, Pause, Users } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Address } from '#components/ui/address.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { RiskFindingView } from '#server/risk/contract.ts';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { findingText } from './finding-text.ts';
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
  return (
    <PanelSection title={t('risk.title')}>
      {findings.isPending && <Loading rows={1} />}
      {findings.isError && !findings.data && <ErrorState error={findings.error} onRetry={findings.refetch} />}
      {findings.isError && <Freshness query={findings} />}
      {findings.data && <Findings rows={newestOfEachRule(findings.data.rows)} withdrawal={withdrawal} />}
    </PanelSection>
  );
}

interface FindingsProps {
  readonly rows: readonly RiskFindingView[];
  readonly withdrawal: WithdrawalView;
}

function Findings({ rows, withdrawal }: FindingsProps) {
  const t = useTranslations('withdrawals');
  if (rows.length === 0) return <p className="text-ink-2">{t('risk.none')}</p>;
  return (
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
  );
}

interface ObservedProps {
  readonly finding: RiskFindingView;
  readonly withdrawal: WithdrawalView;
}

function Observed({ finding, withdrawal: { asset, destination } }: ObservedProps) {
  const t = useTranslations('withdrawals');
  const { zone } = usePreferences();
  const symbolOf = useAssetSymbol();
  const text = findingText(t, { ...finding, passed: finding.result === 'pass' }, { asset: symbolOf(asset), zone });
  if (finding.rule !== 'look_alike') return text;
  return <LookAlike text={text} address={destination.address} known={finding.observed} />;
}

/** Both whole, one above the other: only so the difference is seen. */
function LookAlike({ text, address, known }: { text: string; address: string; known: string }) {
  const t = useTranslations('withdrawals');
  return (
    <>
      {text}
      <span className="mt-1 block text-ink-3 text-xs">{t('risk.observed.this_one')}</span>
      <Address text={address} copyLabel={t('risk.observed.this_one')} />
      <span className="block text-ink-3 text-xs">{t('risk.observed.known_one')}</span>
      <Address text={known} copyLabel={t('risk.observed.known_one')} />
    </>
  );
}
