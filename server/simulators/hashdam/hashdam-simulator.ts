import { z } from 'zod';
import { Amount } from '#server/kernel/amount.ts';
import { type Clock, systemClock } from '#server/kernel/clock.ts';
import { EventLog } from '../event-log.ts';
import { FaultSchedule } from '../fault-schedule.ts';
import type { FaultOrder, FaultPlan } from '../faults.ts';
import type { JournalEntry } from '../journal.ts';
import { startSimulator } from '../simulator-server.ts';
import { Timers } from '../timers.ts';
import { methodsOf, refuse } from './methods.ts';
import { Pool } from './pool.ts';
import type { PoolEvent, WithdrawRow } from './pool-events.ts';
import { poolJournal } from './pool-journal.ts';

export interface HashDamSimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly apiKey?: string;
  /** Until a withdrawal turns from pending to completed. */
  readonly settleAfterMs?: number;
  /** Where what happened is kept over a restart. */
  readonly stateFolder?: string;
  readonly plan?: FaultPlan;
  readonly clock?: Clock;
  /** `daily`, the default and the vendor's way: as of the last 00:00 UTC. `live`: as of now. */
  readonly assetBalances?: 'daily' | 'live';
}

export interface HashDamSimulator {
  readonly url: string;
  readonly apiKey: string;
  journal(): readonly JournalEntry[];
  readonly control: {
    fault(order: FaultOrder): void;
    followPlan(plan: FaultPlan | null): void;
    /** Settles one row, or every pending one. */
    settle(order?: { reference?: string; status?: string }): void;
    setBalance(order: { coin: string; amount: string }): void;
    addHistoryRow(row: WithdrawRow): void;
    withdrawals(): readonly WithdrawRow[];
    reset(): void;
  };
  close(): Promise<void>;
}

const SETTLE_AFTER_MS = 3000;
const decimal = z.string().regex(/^\d+(?:\.\d+)?$/);
const settleOrder = z
  .object({ reference: z.string().optional(), status: z.string().default('completed') })
  .prefault({});
const balanceOrder = z.object({ coin: z.string(), amount: decimal });
const historyRow = z.object({
  withdrawId: z.string(),
  coin: z.string(),
  amount: decimal,
  fee: decimal.default('0'),
  address: z.string().nullable().default(null),
  type: z.string().default('interUser'),
  message: z.string().optional(),
  status: z.string().default('completed'),
  createAt: z.int().nullable(),
  updateAt: z.int().optional(),
}) satisfies z.ZodType<WithdrawRow>;

/** HashDam on this machine. Behaves as the vendor's document says, and fails when told to. */
export async function startHashDamSimulator(options: HashDamSimulatorOptions = {}): Promise<HashDamSimulator> {
  const { apiKey = 'hashdam-simulator-key', settleAfterMs = SETTLE_AFTER_MS, assetBalances = 'daily' } = options;
  const log = new EventLog<PoolEvent>({ folder: options.stateFolder, name: 'hashdam' });
  const pool = new Pool({ log, clock: options.clock ?? systemClock, settleAfterMs });
  const faults = new FaultSchedule();
  faults.follow(options.plan ?? null);
  const timers = new Timers();
  const control = controlOf({ pool, faults });
  const methods = methodsOf({ assetBalances });
  const server = await startSimulator(options.port ?? 0, {
    faults,
    timers,
    vendor: {
      keyHeader: 'x-hashdam-key',
      apiKey,
      refuse,
      execute: ({ method, args, fault }) => {
        try {
          return methods[method]?.(pool, args, fault) ?? refuse('Not found method');
        } catch {
          return refuse('Invalid parameter');
        }
      },
      journal: () => poolJournal(log.events),
      reset: () => control.reset(),
      controls: {
        '/control/settle': (body) => control.settle(settleOrder.parse(body)),
        '/control/balances': (body) => control.setBalance(balanceOrder.parse(body)),
        '/control/history': (body) => control.addHistoryRow(historyRow.parse(body)),
      },
    },
  });
  const close = async (): Promise<void> => {
    timers.clear();
    await server.close();
  };
  return { url: `${server.url}/v1`, apiKey, journal: () => poolJournal(log.events), control, close };
}

function controlOf({ pool, faults }: { pool: Pool; faults: FaultSchedule }): HashDamSimulator['control'] {
  return {
    fault: (order) => faults.order(order),
    followPlan: (plan) => faults.follow(plan),
    settle({ reference, status = 'completed' } = {}) {
      const pending = pool.withdrawals().filter((row) => row.status === 'pending');
      const references = reference === undefined ? pending.map(({ withdrawId }) => withdrawId) : [reference];
      for (const settled of references) pool.record({ type: 'settled', atMs: pool.nowMs, reference: settled, status });
    },
    setBalance({ coin, amount }) {
      const { balance } = pool.sumsAt(coin, pool.nowMs + 1);
      const delta = Amount.fromDecimal(coin, amount).minus(balance).toString();
      pool.record({ type: 'adjusted', atMs: pool.nowMs, coin, delta });
    },
    addHistoryRow: (row) => pool.record({ type: 'row_added', row }),
    withdrawals: () => pool.withdrawals(),
    reset() {
      faults.clear();
      pool.reset();
    },
  };
}
