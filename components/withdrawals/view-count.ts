import type { WaitingView } from '#server/withdrawals/contract.ts';
import { VIEW_STATUSES, type View } from './search.ts';

/** The rows the view would list; with a plus where counting stopped at the cap. */
export function countOf({ byStatus, forMe }: WaitingView, view: View): string {
  if (view === 'mine') return withPlus(forMe.count, forMe.exact);
  const counted = byStatus.filter(({ status }) => VIEW_STATUSES[view].includes(status));
  const sum = counted.reduce((total, { count }) => total + count, 0);
  return withPlus(
    sum,
    counted.every(({ exact }) => exact),
  );
}

const withPlus = (count: number, exact: boolean): string => (exact ? `${count}` : `${count}+`);
