import type { Zone } from '#components/preferences/preferences.ts';
import { formatAmount } from '#components/ui/amount-text.ts';
import { formatInstant, zoneName } from '#components/ui/time-text.ts';
import type { RiskRule } from '#server/risk/statuses.ts';
import type { Words } from '../words.ts';

/** What a rule saw against its line. */
export interface Seen {
  readonly rule: RiskRule;
  readonly threshold: string | null;
  readonly observed: string;
  /** Whether it let it pass. */
  readonly passed: boolean;
}

/** The same as a sentence, with the server's own figures; the asset by its symbol. */
export function findingText(t: Words, seen: Seen, { asset, zone }: { asset: string; zone: Zone }): string {
  const { rule, observed } = seen;
  const line = seen.threshold ?? '';
  const time = (iso: string) => `${formatInstant(iso, zone)} ${zoneName(zone)}`;
  switch (rule) {
    case 'amount':
    case 'limit_day':
    case 'limit_week':
    case 'limit_month':
      return t(`risk.observed.${rule}`, { observed: formatAmount(observed), threshold: formatAmount(line), asset });
    case 'velocity':
      return t('risk.observed.velocity', { observed, threshold: line });
    case 'debt':
      return t('risk.observed.debt', { observed: formatAmount(observed), asset });
    case 'first_payment':
      return t('risk.observed.first_payment');
    case 'look_alike':
      return t('risk.observed.look_alike', { threshold: line });
    case 'allow_list':
      return `${listed(t, seen, time)} · ${t(line === 'require' ? 'risk.observed.list_required' : 'risk.observed.list_warns')}`;
    case 'ip_address':
      return t(line === 'denied' ? 'risk.observed.ip_denied' : 'risk.observed.ip_allowed', {
        ip: observed === 'unknown' ? t('risk.observed.unknown') : observed,
      });
    case 'screening':
      return screened(t, observed);
    case 'new_device': {
      const since = observed === 'unknown' ? t('risk.observed.unknown') : time(observed);
      return `${t('risk.observed.new_device', { threshold: line })} · ${t('risk.observed.first_used', { since })}`;
    }
  }
}

function listed(t: Words, { observed, passed }: Seen, time: (iso: string) => string): string {
  if (observed === 'absent') return t('risk.observed.not_listed');
  return t(passed ? 'risk.observed.listed' : 'risk.observed.listed_cooling', { at: time(observed) });
}

const SCREENED = ['pending', 'accept', 'hold', 'refuse'] as const;

/** The verdict in our words, and what the service wrote beside it. */
function screened(t: Words, observed: string): string {
  const [verdict = '', ...rest] = observed.split(' ');
  const known = SCREENED.find((each) => each === verdict);
  return [known ? t(`risk.observed.screening_${known}`) : verdict, ...rest].join(' ');
}
