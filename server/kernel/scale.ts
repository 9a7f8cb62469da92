/** Decimals the ledger keeps for every asset: `numeric(38,18)`. By itself, so that a screen need not load amounts. */
export const LEDGER_SCALE = 18;
