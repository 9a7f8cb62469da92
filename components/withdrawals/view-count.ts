import type { WaitingView } from '#server/withdrawals/contract.ts';
import { VIEW_STATUSES, type View } from './search.ts';

/** The rows the view would list; with a plus where counting stopped at the cap. */
export function countOf(waiting: WaitingView, view: View): string {
  const counted = waiting.byStatus.filter(({ status }) => VIEW_STATUSES[view].includes(status));
  const sum = counted.reduce((total, { count }) => total + count, 0);
  return counted.every(({ exact }) => exact) ? `${sum}` : `${sum}+`;
}
