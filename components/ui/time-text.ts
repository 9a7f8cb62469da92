import type { Locale, Zone } from '#components/preferences/preferences.ts';

const ZONE_NAMES: Readonly<Record<Zone, string>> = { 'Asia/Seoul': 'KST', UTC: 'UTC' };
const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

const formats = new Map<Zone, Intl.DateTimeFormat>();

/** `2026-11-23 14:05:33` in the zone asked for: the same text on the server and in every browser. */
export function formatInstant(iso: string, zone: Zone): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(iso))
      .map(({ type, value }) => [type, value]),
  );
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}`;
}

/** The same instant in both zones, for the tooltip. */
export function formatBothZones(iso: string): string {
  return `${formatInstant(iso, 'Asia/Seoul')} KST · ${formatInstant(iso, 'UTC')} UTC`;
}

/** To the minute and with its zone, for sentences. */
export const formatMinute = (iso: string, zone: Zone): string =>
  `${formatInstant(iso, zone).slice(0, 16)} ${zoneName(zone)}`;

export const zoneName = (zone: Zone): string => ZONE_NAMES[zone];

export const otherZone = (zone: Zone): Zone => (zone === 'UTC' ? 'Asia/Seoul' : 'UTC');

/** How long ago, in the largest unit that says enough. What the clocks disagree about counts as now. */
export function formatAge(iso: string, nowMs: number, locale: Locale): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(iso)) / 1_000));
  const relative = new Intl.RelativeTimeFormat(locale, {
    numeric: 'always',
    style: locale === 'ko' ? 'long' : 'short',
  });
  if (seconds < MINUTE_S) return relative.format(-seconds, 'second');
  if (seconds < HOUR_S) return relative.format(-Math.floor(seconds / MINUTE_S), 'minute');
  if (seconds < 2 * DAY_S) return relative.format(-Math.floor(seconds / HOUR_S), 'hour');
  return relative.format(-Math.floor(seconds / DAY_S), 'day');
}

/** How long until then, in its two largest units; null once it has come. */
export function formatRemaining(iso: string, nowMs: number, locale: Locale): string | null {
  const seconds = Math.ceil((Date.parse(iso) - nowMs) / 1_000);
  if (seconds <= 0) return null;
  const unit = (value: number, name: 'day' | 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const minutes = Math.floor(seconds / MINUTE_S);
  const hours = Math.floor(seconds / HOUR_S);
  if (minutes === 0) return unit(seconds, 'second');
  if (hours === 0) return `${unit(minutes, 'minute')} ${unit(seconds % MINUTE_S, 'second')}`;
  if (hours < 48) return `${unit(hours, 'hour')} ${unit(minutes % MINUTE_S, 'minute')}`;
  return `${unit(Math.floor(seconds / DAY_S), 'day')} ${unit(hours % 24, 'hour')}`;
}

/** The same as a clock that runs down, such as `0:42`; null once it has come. */
export function formatCountdown(iso: string, nowMs: number): string | null {
  const seconds = Math.ceil((Date.parse(iso) - nowMs) / 1_000);
  if (seconds <= 0) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / MINUTE_S);
  const clock = minutes < 60 ? String(minutes) : `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
  return `${clock}:${two(seconds % MINUTE_S)}`;
}

/** The first instant of a calendar day, or of the day after it, in the zone. Both zones keep one offset all year. */
export function startOfDay(day: string, zone: Zone, daysLater = 0): string {
  const midnight = Date.parse(`${day}T00:00:00${zone === 'Asia/Seoul' ? '+09:00' : 'Z'}`);
  return new Date(midnight + daysLater * DAY_S * 1_000).toISOString();
}

/** What a date and time field says, such as `2026-11-24T14:05`, as an instant; null when it says none. */
export function instantOf(typed: string, zone: Zone): string | null {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(typed)
    ? Date.parse(`${typed}:00${zone === 'Asia/Seoul' ? '+09:00' : 'Z'}`)
    : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function formatOf(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}
