import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { type Finding, strongest } from './finding.ts';
import { deviceFindings, findingsOf, type RiskHistory, type RiskSubject } from './risk-rules.ts';
import type { RiskSettings } from './settings.ts';

const LTC = (text: string) => Amount.parse('LTC', text);
const NO_LINES: RiskSettings = {
  ...{ holdFrom: new Map(), amountMax: new Map(), limits: { day: new Map(), week: new Map(), month: new Map() } },
  ...{ requestsPerHourMax: null, deviceAgeMinHours: 0, networksAllowed: null, networksDenied: new BlockList() },
  allowList: { modes: new Map(), otherwise: 'off', coolDownHours: 24 },
  screens: false,
  companyAddresses: new Set(),
};
const NOTHING_YET: RiskHistory = {
  taken: { day: LTC('0'), week: LTC('0'), month: LTC('0') },
  ...{ requestsInLastHour: 0, owed: LTC('0'), paidToAddressBefore: true, listedFrom: null, knownAddresses: [] },
};
const NOW = new Date('2026-11-30T12:00:00.000Z');
const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';
const asked = (amount = '1', ip: string | null = null): RiskSubject => ({
  ...{ memberId: 'member', amount: LTC(amount), destination: { address: ADDRESS, type: 'address' }, ip },
});
const found = (changes: Partial<RiskSettings>, history: Partial<RiskHistory> = {}, subject = asked()) =>
  findingsOf(subject, { ...NOTHING_YET, ...history }, { settings: { ...NO_LINES, ...changes }, now: NOW });
const lines = (findings: readonly Finding[]) =>
  findings.map(({ rule, result, threshold, observed }) => `${rule} ${result} ${threshold} ${observed}`);

describe('the rules of risk', () => {
  test('say nothing where no line is drawn', () => {
    expect(found({})).toEqual([]);
  });

  test('hold from an amount on, to the last unit, and refuse what is above another', () => {
    const settings = { holdFrom: new Map([['LTC', LTC('10')]]), amountMax: new Map([['LTC', LTC('20')]]) };
    const of = (amount: string) => lines(found(settings, {}, asked(amount)));
    expect(of('9.999999999999999999')).toEqual(['amount pass 10 9.999999999999999999']);
    expect(of('10')).toEqual(['amount hold 10 10']);
    expect(of('20')).toEqual(['amount hold 10 20']);
    expect(of('20.000000000000000001')).toEqual(['amount refuse 20 20.000000000000000001']);
  });

  test('count what is taken already, each period by itself', () => {
    const limits = { ...NO_LINES.limits, day: new Map([['LTC', LTC('10')]]), month: new Map([['LTC', LTC('30')]]) };
    const taken = { day: LTC('9'), week: LTC('25'), month: LTC('29.5') };
    expect(lines(found({ limits }, { taken }))).toEqual(['limit_day pass 10 10', 'limit_month refuse 30 30.5']);
  });

  test('hold the request after the last one of an hour', () => {
    const of = (requestsInLastHour: number) => lines(found({ requestsPerHourMax: 3 }, { requestsInLastHour }));
    expect([of(2), of(3)]).toEqual([['velocity pass 3 3'], ['velocity hold 3 4']]);
  });

  test('hold whatever is asked for by somebody who owes, to the last unit', () => {
    const owed = LTC('0.000000000000000001');
    expect(lines(found({}, { owed }))).toEqual(['debt hold 0 0.000000000000000001']);
  });

  test('escalate the first payment to an address, not to the account of the pool', () => {
    expect(lines(found({}, { paidToAddressBefore: false }))).toEqual(['first_payment escalate null 0']);
    const account = { ...asked(), destination: { address: 'treasury@platform.example', type: 'account' } as const };
    expect(found({}, { paidToAddressBefore: false }, account)).toEqual([]);
  });

  test.each([
    ['0x52901111222233334444555566667777888899e7', false],
    ['0x5290111122223333444455556666777788889EE7', true],
    ['0x5291840009852788600F7030069857D2E4169EE7', false],
    [ADDRESS.toLowerCase(), false],
  ])('hold an address that ends at both sides like a known one: %s %s', (known, holds) => {
    expect(lines(found({}, { knownAddresses: [known] }))).toEqual(holds ? [`look_alike hold 4 ${known}`] : []);
    const lower = known.toLowerCase();
    expect(found({ companyAddresses: new Set([lower]) })).toHaveLength(holds ? 1 : 0);
  });

  test('want an address to be listed and in force, as much as the list of its asset says', () => {
    const of = (listedFrom: Date | null, mode: 'off' | 'warn' | 'require') => {
      const allowList = { modes: new Map([['LTC', mode]]), otherwise: 'require', coolDownHours: 24 } as const;
      return found({ allowList }, { listedFrom }).map(({ result }) => result);
    };
    const inForce = new Date(NOW);
    const cooling = new Date(NOW.getTime() + 1);
    expect([null, cooling, inForce].map((from) => of(from, 'off'))).toEqual([[], [], []]);
    expect([null, cooling, inForce].map((from) => of(from, 'warn'))).toEqual([['note'], ['note'], ['pass']]);
    expect([null, cooling, inForce].map((from) => of(from, 'require'))).toEqual([['refuse'], ['hold'], ['pass']]);
  });

  test('refuse a call from a network that is denied, or not among those that are allowed', () => {
    const networksDenied = new BlockList();
    networksDenied.addSubnet('10.1.0.0', 16);
    const networksAllowed = new BlockList();
    networksAllowed.addSubnet('10.0.0.0', 8);
    const of = (ip: string | null, settings: Partial<RiskSettings>) => lines(found(settings, {}, asked('1', ip)));
    expect(of('10.1.2.3', { networksDenied })).toEqual(['ip_address refuse denied 10.1.2.3']);
    expect(of('10.2.2.3', { networksDenied })).toEqual([]);
    expect(of('10.2.2.3', { networksAllowed })).toEqual(['ip_address pass allowed 10.2.2.3']);
    expect(of('2001:db8::1', { networksAllowed })).toEqual(['ip_address refuse allowed 2001:db8::1']);
    expect(of(null, { networksAllowed })).toEqual(['ip_address refuse allowed unknown']);
  });

  test('note a vote from a device of today, and refuse it where devices must be older', () => {
    const since = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
    const of = (at: Date | null, deviceAgeMinHours: number) =>
      lines(deviceFindings(at, NOW, { ...NO_LINES, deviceAgeMinHours }));
    expect(of(since(23), 0)).toEqual(['new_device note 24 2026-11-29T13:00:00.000Z']);
    expect(of(since(24), 0)).toEqual([]);
    expect(of(since(47), 48)).toEqual(['new_device refuse 48 2026-11-28T13:00:00.000Z']);
    expect(of(null, 48)).toEqual(['new_device refuse 48 unknown']);
    expect(of(null, 0)).toEqual([]);
  });

  test('are as strong as the strongest of them', () => {
    const findings = found(
      { requestsPerHourMax: 1, amountMax: new Map([['LTC', LTC('0.5')]]) },
      { requestsInLastHour: 9 },
    );
    expect([strongest(findings)?.result, strongest([])]).toEqual(['refuse', null]);
  });
});
