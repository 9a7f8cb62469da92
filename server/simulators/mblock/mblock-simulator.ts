import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Clock, systemClock } from '#server/kernel/clock.ts';
import { EventLog } from '../event-log.ts';
import { FaultSchedule } from '../fault-schedule.ts';
import type { FaultOrder, FaultPlan } from '../faults.ts';
import type { JournalEntry } from '../journal.ts';
import { startSimulator } from '../simulator-server.ts';
import { Timers } from '../timers.ts';
import { BNB, Chain, type SimulatedWallet } from './chain.ts';
import type { ChainEvent } from './chain-events.ts';
import { chainJournal } from './chain-journal.ts';
import { METHODS } from './methods.ts';
import { refuse } from './replies.ts';
import { TransitRunner } from './transit-runner.ts';

export interface MBlockSimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly apiKey?: string;
  /** Until a transit is carried out and called back. */
  readonly settleAfterMs?: number;
  /** Where what happened is kept over a restart. */
  readonly stateFolder?: string;
  readonly plan?: FaultPlan;
  readonly clock?: Clock;
  /** The same text gives the same addresses, keys and transaction hashes; chance by default. */
  readonly seed?: string;
}

export interface MBlockSimulator {
  readonly url: string;
  readonly apiKey: string;
  journal(): readonly JournalEntry[];
  readonly control: {
    fault(order: FaultOrder): void;
    followPlan(plan: FaultPlan | null): void;
    /** Carries out one transit, or every open one, now. */
    settle(order?: { reference?: string }): void;
    /** `contract` null is BNB. */
    setBalance(order: { address: string; contract: string | null; amount: string }): void;
    /** Takes a transaction's receipt off the chain, or puts it back. */
    hideReceipt(order: { txid: string; hidden?: boolean }): void;
    /** Pays for the gas of transits; its key belongs into their configuration. */
    feeWallet(): SimulatedWallet;
    reset(): void;
  };
  close(): Promise<void>;
}

const SETTLE_AFTER_MS = 3000;
const settleOrder = z.object({ reference: z.string().optional() }).prefault({});
const balanceOrder = z.object({
  address: z.string(),
  contract: z.string().nullable().default(null),
  amount: z.string().regex(/^\d+(?:\.\d+)?$/),
});
const receiptOrder = z.object({ txid: z.string(), hidden: z.boolean().default(true) });

/** MBlock and its chain on this machine. Behaves as the vendor's document says, and fails when told to. */
export async function startMBlockSimulator(options: MBlockSimulatorOptions = {}): Promise<MBlockSimulator> {
  const { apiKey = 'mblock-simulator-key', settleAfterMs = SETTLE_AFTER_MS, seed = randomUUID() } = options;
  const log = new EventLog<ChainEvent>({ folder: options.stateFolder, name: 'mblock' });
  const chain = new Chain({ log, clock: options.clock ?? systemClock, seed });
  const faults = new FaultSchedule();
  faults.follow(options.plan ?? null);
  const timers = new Timers();
  const transits = new TransitRunner({ chain, timers, settleAfterMs });
  const control = controlOf({ chain, faults, timers, transits });
  const journal = (): readonly JournalEntry[] => chainJournal(log.events);
  transits.scheduleOpen();
  const server = await startSimulator(options.port ?? 0, {
    faults,
    timers,
    vendor: {
      keyHeader: 'x-mblock-key',
      apiKey,
      refuse,
      execute: ({ method, args, fault }) => {
        const before = new Set(chain.openTransits().map(({ token }) => token));
        try {
          return METHODS[method]?.(chain, args, fault) ?? refuse('Not found method');
        } catch {
          return refuse('Invalid parameter');
        } finally {
          transits.scheduleOpen(before);
        }
      },
      journal,
      reset: () => control.reset(),
      controls: {
        '/control/settle': (body) => control.settle(settleOrder.parse(body)),
        '/control/balances': (body) => control.setBalance(balanceOrder.parse(body)),
        '/control/receipts': (body) => control.hideReceipt(receiptOrder.parse(body)),
        '/control/fee-wallet': () => control.feeWallet(),
      },
    },
  });
  const close = async (): Promise<void> => {
    timers.clear();
    transits.close();
    await server.close();
  };
  return { url: `${server.url}/bsc`, apiKey, journal, control, close };
}

function controlOf(parts: {
  chain: Chain;
  faults: FaultSchedule;
  timers: Timers;
  transits: TransitRunner;
}): MBlockSimulator['control'] {
  const { chain, faults, timers, transits } = parts;
  return {
    fault: (order) => faults.order(order),
    followPlan: (plan) => faults.follow(plan),
    settle({ reference } = {}) {
      for (const { token } of chain.openTransits())
        if (reference === undefined || reference === token) transits.run(token);
    },
    setBalance: ({ address, contract, amount }) => chain.setBalance(address, contract ?? BNB, amount),
    hideReceipt: ({ txid, hidden = true }) => chain.record({ type: 'receipt_hidden', atMs: chain.nowMs, txid, hidden }),
    feeWallet: () => chain.feeWallet,
    reset() {
      faults.clear();
      timers.clear();
      chain.reset();
    },
  };
}
