import { createLoader, parseAsArrayOf, parseAsString } from 'nuqs/server';

export const LOG_ROWS = 25;
export const PROFIT_DAYS = 30;

export const loadMiningSearch = createLoader({ after: parseAsArrayOf(parseAsString).withDefault([]) });
