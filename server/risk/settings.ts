import type { BlockList } from 'node:net';
import type { Amount } from '#server/kernel/amount.ts';
import type { AllowListMode } from './statuses.ts';

type ByAsset = ReadonlyMap<string, Amount>;

/** Where the rules draw their lines. An asset that is not named has no line. */
export interface RiskSettings {
  /** From this amount on a person looks first. */
  readonly holdFrom: ByAsset;
  /** More than this is not paid in one. */
  readonly amountMax: ByAsset;
  /** What one member may take out in a rolling day, week and month, what is still on its way included. */
  readonly limits: Readonly<Record<LimitPeriod, ByAsset>>;
  readonly requestsPerHourMax: number | null;
  /** Nobody approves from a device that they have used for less. */
  readonly deviceAgeMinHours: number;
  /** Where requests and votes may come from; null: from everywhere that is not denied. */
  readonly networksAllowed: BlockList | null;
  readonly networksDenied: BlockList;
  /** Whether an outside service says what it knows of an address before anybody votes. */
  readonly screens: boolean;
  readonly allowList: AllowListSettings;
  /** The company's own chain addresses, which others may be made to look like. */
  readonly companyAddresses: ReadonlySet<string>;
}

export interface AllowListSettings {
  readonly modes: ReadonlyMap<string, AllowListMode>;
  /** Of assets that are not named. */
  readonly otherwise: AllowListMode;
  /** So long after two people listed it an address counts. */
  readonly coolDownHours: number;
}

export const LIMIT_PERIODS = ['day', 'week', 'month'] as const;
export type LimitPeriod = (typeof LIMIT_PERIODS)[number];

const DAY_MS = 86_400_000;
export const LIMIT_PERIOD_MS: Readonly<Record<LimitPeriod, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};
