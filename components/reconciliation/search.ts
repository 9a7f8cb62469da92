import { loaderOf, oneOf, texts } from '#components/url/params.ts';
import { DIFFERENCE_STATES, type DifferenceState } from '#server/reconciliation/statuses.ts';

export const RUN_ROWS = 10;
export const DIFFERENCE_ROWS = 25;

export const reconciliationSearch = {
  state: oneOf(DIFFERENCE_STATES, 'open'),
  after: texts,
};
export const loadReconciliationSearch = loaderOf(reconciliationSearch);

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
