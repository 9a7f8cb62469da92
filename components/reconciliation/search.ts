import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { DIFFERENCE_STATES, type DifferenceState } from '#server/reconciliation/statuses.ts';

export const RUN_ROWS = 10;
export const DIFFERENCE_ROWS = 25;

export const reconciliationSearch = {
  state: parseAsStringLiteral(DIFFERENCE_STATES).withDefault('open'),
  after: parseAsArrayOf(parseAsString).withDefault([]),
};
export const loadReconciliationSearch = createLoader(reconciliationSearch);

interface ReconciliationSearch {
  readonly state: DifferenceState;
  readonly after: readonly string[];
}

/** The question behind the list, the same on the server and in the browser. */
export const differencesInput = ({ state, after }: ReconciliationSearch) => ({
  filter: { state },
  cursor: after.at(-1) ?? null,
  limit: DIFFERENCE_ROWS,
});
