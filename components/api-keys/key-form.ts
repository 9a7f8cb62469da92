import type { Zone } from '#components/preferences/preferences.ts';
import { formatInstant, startOfDay } from '#components/ui/time-text.ts';
import type { ApiKeyView } from '#server/operators/contract.ts';
import { API_KEY_CALLS } from '#server/operators/statuses.ts';

/** What can be said of a key, whether it is new or not. */
export interface KeySettings {
  readonly name: string;
  readonly addresses: string[];
  readonly callsPerMinute: number;
  readonly expiresAt: string | null;
}

export interface KeyProblems {
  readonly name?: boolean;
  readonly scopes?: boolean;
  readonly addresses?: boolean;
  readonly callsPerMinute?: boolean;
}

export const NO_PROBLEMS: KeyProblems = {};

export function readSettings(form: FormData, zone: Zone): KeySettings & { readonly problems: KeyProblems } {
  const name = String(form.get('name') ?? '').trim();
  const calls = String(form.get('callsPerMinute') ?? '');
  const callsPerMinute = /^\d{1,6}$/.test(calls) ? Number.parseInt(calls, 10) : 0;
  const lastDay = String(form.get('lastDay') ?? '');
  const isBeyond = callsPerMinute < API_KEY_CALLS.min || callsPerMinute > API_KEY_CALLS.max;
  return {
    name,
    addresses: String(form.get('addresses') ?? '')
      .split(/[\s,]+/)
      .filter((each) => each !== ''),
    callsPerMinute,
    expiresAt: lastDay === '' ? null : startOfDay(lastDay, zone, 1),
    problems: { name: name === '', callsPerMinute: isBeyond },
  };
}

/** The day whose end is the key's end. */
export const lastDayOf = ({ expiresAt }: ApiKeyView, zone: Zone): string =>
  expiresAt ? formatInstant(new Date(Date.parse(expiresAt) - 1).toISOString(), zone).slice(0, 10) : '';

export const hasProblems = (problems: KeyProblems): boolean => Object.values(problems).includes(true);
