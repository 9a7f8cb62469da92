import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findMessage } from '#components/i18n/message-text.ts';
import en from '#messages/en.json';
import ko from '#messages/ko.json';
import { appRouter } from '#server/trpc/root.ts';
import { HOLD_REASONS, LAPSE_REASONS, LATE_HOLD, RISK_HOLD, WAIT_REASONS } from '#server/withdrawals/statuses.ts';

const root = new URL('../../server/', import.meta.url).pathname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^(simulators|testing)\//.test(file))
  .map((file) => readFileSync(`${root}${file}`, 'utf8'));

/** Where an action is written down: as a field, or as the first word of a private `#record`. */
const RECORDED = /(?:action: |action = |#record\()([^;\n]{0,120})/g;
const CODES = /'([a-z_]+\.[a-z_]+)'/g;
/** The table of moves names its actions without a field. */
const MOVES = /'((?:withdrawal|payout)\.[a-z_]+)'/g;
const codesIn = (text: string, of: RegExp) => [...text.matchAll(of)].map(([, code = '']) => code);

const nameless = (codes: Iterable<string>, space: string) =>
  [...codes].filter((code) => !findMessage(ko, `${space}.${code}`) || !findMessage(en, `${space}.${code}`));

it('whatever can be tried has a name that people use', () => {
  const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { _def: { type: string } }>>;
  const mutations = Object.entries(procedures)
    .filter(([, { _def }]) => _def.type === 'mutation')
    .map(([path]) => path);
  expect(mutations.length).toBeGreaterThan(50);
  expect(nameless(mutations, 'audit.action')).toEqual([]);
});

it('whatever is recorded has a name that people use', () => {
  const moves = sources.filter((text) => text.includes("'withdrawal.lapsed'")).flatMap((text) => codesIn(text, MOVES));
  const recorded = sources.flatMap((text) => codesIn(text, RECORDED).flatMap((after) => codesIn(after, CODES)));
  const actions = new Set([...moves, ...recorded]);
  expect(actions.size).toBeGreaterThan(80);
  expect(nameless(actions, 'audit.action')).toEqual([]);
});

it('whatever makes a payout wait, a withdrawal stand or an approval lapse has words', () => {
  expect(nameless([...HOLD_REASONS, LATE_HOLD, RISK_HOLD], 'withdrawals.holdReason')).toEqual([]);
  expect(nameless(WAIT_REASONS, 'withdrawals.waitReason')).toEqual([]);
  expect(nameless([...LAPSE_REASONS, 'expired'], 'reasons')).toEqual([]);
});
