import type { FaultOrder, FaultPlan } from '#server/simulators/index.ts';
import { told } from './environment.ts';

async function order(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

interface Executed {
  readonly method: string;
  readonly asset: string | null;
  readonly amount: string | null;
}

const plan = (faults: FaultPlan | null) => order(`${told('E2E_HASHDAM_CONTROL_URL')}/plan`, faults);

/** The simulated pool: what goes wrong next, and what it really did. */
export const pool = {
  fault: (fault: FaultOrder) => order(`${told('E2E_HASHDAM_CONTROL_URL')}/faults`, fault),
  /** From now on nobody can read the list of its payouts, until it is shown again. */
  hideList: () => plan({ seed: 1, probabilities: { garbage: 1 }, methods: ['assetWithdrawHistory'] }),
  showList: () => plan(null),
  /** From now on it answers everything with an error, until it is well again. */
  fails: () => plan({ seed: 1, probabilities: { status: 1 } }),
  isWell: () => plan(null),
  /** A row of the list that no call of ours made. */
  addRow: (row: { withdrawId: string; coin: string; amount: string; address: string }) =>
    order(`${told('E2E_HASHDAM_CONTROL_URL')}/history`, { ...row, createAt: Date.now() }),
  /** The payouts of this amount that were carried out, whatever anybody was told about them. */
  async paid(asset: string, amount: string): Promise<readonly Executed[]> {
    const { entries } = (await order(`${told('E2E_HASHDAM_CONTROL_URL')}/journal`, {})) as {
      readonly entries: readonly Executed[];
    };
    return entries.filter(
      (entry) => entry.method === 'assetWithdrawRequest' && entry.asset === asset && entry.amount === amount,
    );
  },
};

/** The simulated chain. */
export const chain = {
  fault: (fault: FaultOrder) => order(`${told('E2E_MBLOCK_CONTROL_URL')}/faults`, fault),
  setBalance: (balance: { address: string; contract: string | null; amount: string }) =>
    order(`${told('E2E_MBLOCK_CONTROL_URL')}/balances`, balance),
};
