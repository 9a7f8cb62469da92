import { isWithin } from '#server/config/networks.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { Finding } from './finding.ts';
import { LOOK_ALIKE_CHARS, lookAlikes } from './look-alike.ts';
import type { ScreeningState } from './screening.port.ts';
import { LIMIT_PERIODS, type LimitPeriod, type RiskSettings } from './settings.ts';
import type { AllowListMode, RiskResult, RiskRule } from './statuses.ts';

/** What is asked for, as far as it matters to the rules. */
export interface RiskSubject {
  readonly memberId: string;
  readonly amount: Amount;
  readonly destination: { readonly address: string; readonly type: 'account' | 'address' | 'company' };
  /** Where the call came from, as far as that is known. */
  readonly ip: string | null;
}

/** What the member did before, this one left out. */
export interface RiskHistory {
  /** Paid within the period, or still on its way whenever it was asked for. */
  readonly taken: Readonly<Record<LimitPeriod, Amount>>;
  readonly requestsInLastHour: number;
  /** What the member owes us of this asset: they spent what was taken back afterwards. */
  readonly owed: Amount;
  readonly paidToAddressBefore: boolean;
  /** From when this address counts as listed for this asset; null: it is not listed. */
  readonly listedFrom: Date | null;
  /** Addresses that are known and end like this one: the member's earlier ones, and what is listed. */
  readonly knownAddresses: readonly string[];
}

/** By which lines, and when. */
interface Looked {
  readonly settings: RiskSettings;
  readonly now: Date;
}

/** Every rule that has something to say; what stayed within its line says so, what has no line says nothing. */
export function findingsOf(subject: RiskSubject, history: RiskHistory, { settings, now }: Looked): Finding[] {
  return [
    ...amountFindings(subject, settings),
    ...limitFindings(subject, history, settings),
    ...velocityFindings(history, settings),
    ...debtFindings(history.owed),
    ...addressFindings(subject, history, settings),
    ...allowListFindings(subject, history, { settings, now }),
    ...originFindings(subject.ip, settings),
  ];
}

export function amountFindings({ amount }: RiskSubject, { amountMax, holdFrom }: RiskSettings): Finding[] {
  const rule: RiskRule = 'amount';
  const observed = amount.toString();
  const max = amountMax.get(amount.asset);
  if (max?.isLessThan(amount)) return [{ rule, result: 'refuse', threshold: max.toString(), observed }];
  const from = holdFrom.get(amount.asset);
  if (from) {
    const result = amount.isLessThan(from) ? 'pass' : 'hold';
    return [{ rule, result, threshold: from.toString(), observed }];
  }
  return max ? [{ rule, result: 'pass', threshold: max.toString(), observed }] : [];
}

function limitFindings({ amount }: RiskSubject, { taken }: RiskHistory, { limits }: RiskSettings): Finding[] {
  return LIMIT_PERIODS.flatMap((period) => {
    const limit = limits[period].get(amount.asset);
    if (!limit) return [];
    const total = taken[period].plus(amount);
    const result = limit.isLessThan(total) ? 'refuse' : 'pass';
    return [{ rule: `limit_${period}`, result, threshold: limit.toString(), observed: total.toString() } as const];
  });
}

function velocityFindings({ requestsInLastHour }: RiskHistory, { requestsPerHourMax: max }: RiskSettings): Finding[] {
  if (max === null) return [];
  const count = requestsInLastHour + 1;
  return [{ rule: 'velocity', result: count > max ? 'hold' : 'pass', threshold: String(max), observed: String(count) }];
}

/** Whoever owes takes nothing out: people look at what is asked for, and nobody approves it while the debt stands. */
export function debtFindings(owed: Amount): Finding[] {
  return owed.isPositive() ? [{ rule: 'debt', result: 'hold', threshold: '0', observed: owed.toString() }] : [];
}

/** Of addresses that somebody wrote down: the pool's account and the company's own are nobody's choice. */
function addressFindings({ destination }: RiskSubject, history: RiskHistory, settings: RiskSettings): Finding[] {
  if (destination.type !== 'address') return [];
  const known = [...history.knownAddresses, ...settings.companyAddresses];
  const [like] = lookAlikes(destination.address, known);
  const threshold = String(LOOK_ALIKE_CHARS);
  return [
    ...(like ? [{ rule: 'look_alike', result: 'hold', threshold, observed: like } as const] : []),
    ...(history.paidToAddressBefore
      ? []
      : [{ rule: 'first_payment', result: 'escalate', threshold: null, observed: '0' } as const]),
  ];
}

/**
 * What is not listed is not paid where the list is required; what is listed and not yet in force waits. The company's own
 * addresses need no listing: whoever sets up the installation named them.
 */
export function allowListFindings(
  { amount, destination }: Pick<RiskSubject, 'amount' | 'destination'>,
  { listedFrom }: Pick<RiskHistory, 'listedFrom'>,
  { settings, now }: Looked,
): Finding[] {
  const { modes, otherwise } = settings.allowList;
  const mode = modes.get(amount.asset) ?? otherwise;
  if (mode === 'off' || destination.type === 'company') return [];
  const observed = listedFrom?.toISOString() ?? 'absent';
  return [{ rule: 'allow_list', result: allowListResult(mode, listedFrom, now), threshold: mode, observed }];
}

function allowListResult(mode: AllowListMode, listedFrom: Date | null, now: Date): RiskResult {
  if (listedFrom && listedFrom <= now) return 'pass';
  if (mode !== 'require') return 'note';
  return listedFrom ? 'hold' : 'refuse';
}

/** Whether a call may come from where it came from. What cannot be told is not on any list. */
export function originFindings(ip: string | null, settings: RiskSettings): Finding[] {
  const { networksAllowed, networksDenied } = settings;
  const rule: RiskRule = 'ip_address';
  if (ip && isWithin(networksDenied, ip)) {
    return [{ rule, result: 'refuse', threshold: 'denied', observed: ip }];
  }
  if (!networksAllowed) return [];
  const result = ip && isWithin(networksAllowed, ip) ? 'pass' : 'refuse';
  return [{ rule, result, threshold: 'allowed', observed: ip ?? 'unknown' }];
}

/** An outside service was asked and has not answered. */
export const SCREENING_PENDING: Finding = { rule: 'screening', result: 'hold', threshold: null, observed: 'pending' };
const SCREENED_OUT: Finding = { ...SCREENING_PENDING, result: 'refuse', observed: 'refuse' };

/** Nothing goes on before the outside service has spoken, nor after a "no"; its "hold" is for people, who let it go. */
export function screenedFindings(screened: ScreeningState | null, { screens }: RiskSettings): Finding[] {
  if (!screens) return [];
  if (screened === 'refuse') return [SCREENED_OUT];
  return screened === 'pending' ? [SCREENING_PENDING] : [];
}

/** A device counts as new for so long; beside that, votes from it may be refused. */
export const NEW_DEVICE_HOURS = 24;
const HOUR_MS = 3_600_000;

/** Since when the approver uses the device that the vote comes from; null when it is not known. */
export function deviceFindings(since: Date | null, now: Date, { deviceAgeMinHours }: RiskSettings): Finding[] {
  const rule: RiskRule = 'new_device';
  const ageMs = since ? now.getTime() - since.getTime() : 0;
  const observed = since?.toISOString() ?? 'unknown';
  if (ageMs < deviceAgeMinHours * HOUR_MS) {
    return [{ rule, result: 'refuse', threshold: String(deviceAgeMinHours), observed }];
  }
  if (!since || ageMs >= NEW_DEVICE_HOURS * HOUR_MS) return [];
  return [{ rule, result: 'note', threshold: String(NEW_DEVICE_HOURS), observed }];
}
