import { loaderOf, text, texts } from '#components/url/params.ts';

export const LOG_ROWS = 25;
export const PROFIT_DAYS = 30;
/** Workers read the pool by themselves, too. */
export const READ_AGAIN_MS = 15_000;

/** The cursors of the log walked through so far: the last is this page's. */
export const logSearch = { after: texts };
export const profitSearch = { asset: text };

export const loadMiningSearch = loaderOf(logSearch);
