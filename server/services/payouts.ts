import type { EntityManager } from '@mikro-orm/postgresql';
import type { Collaborators } from '#server/collaborators.ts';
import { AddressBook, AllowList, RiskGate, Screenings } from '#server/risk/index.ts';
import {
  AddressReveal,
  ApprovalEnd,
  FundedPayouts,
  MiningRail,
  PayoutAttemptRepository,
  PayoutFence,
  PayoutLookUpService,
  PayoutService,
  PayoutWaits,
  PolicyLapse,
  PoolAttempts,
  Quorums,
  UnresolvedPayouts,
  VoterShortages,
  WalletRail,
  WithdrawalCorrections,
  WithdrawalMover,
  WithdrawalOpening,
  WithdrawalRepository,
  WithdrawalScreening,
  WithdrawalService,
  WithdrawalViews,
} from '#server/withdrawals/index.ts';
import type { Foundation } from './foundation.ts';
import type { ProviderServices } from './providers.ts';
import { openReconciliation } from './reconciliation.ts';
import { openWalletPayouts } from './wallet-payouts.ts';

export type PayoutServices = ReturnType<typeof openPayouts>;

/** Requests, votes, and the engine that pays: one rail for each kind of withdrawal. */
export function openPayouts(em: EntityManager, shared: Collaborators, below: Foundation & ProviderServices) {
  const { clock, random, callbackBase } = shared;
  const { audit, notifications, jobs, assets, ledger, system, incidents, policyBook: policies } = below;
  const { miningRepository: mining, walletRepository, poolHistory: history, poolRowClaims: claims } = below;
  const withdrawals = new WithdrawalRepository({ em });
  const payoutAttempts = new PayoutAttemptRepository({ em });
  const risk = new RiskGate({ em, settings: shared.risk, clock });
  const mover = new WithdrawalMover({ payoutAttempts, ledger, audit, notifications, jobs, policies });
  const approvalEnd = new ApprovalEnd({ mover, jobs });
  const quorums = new Quorums({ policies });
  const screenings = new Screenings({ em, service: shared.screening });
  const shortages = new VoterShortages({ em, notifications });
  const screening = new WithdrawalScreening({ withdrawals, mover, risk, screenings, jobs });
  const opening = new WithdrawalOpening({ withdrawals, mover, policies, risk, screening, approvalEnd, shortages });
  const waits = new PayoutWaits({ mover, incidents, jobs, em });
  const attempts = new PoolAttempts({ em });
  const pool = new MiningRail({ payoutAttempts, attempts, service: below.mining, mining, history });
  const means = { payoutAttempts, service: below.wallets, wallets: walletRepository };
  const chain = new WalletRail({ ...means, callbackBase, pauses: below.walletPauses });
  const rails = { mining: pool, wallet_transfer: chain, wallet_transit: chain };
  const unresolved = new UnresolvedPayouts({ notifications });
  const engine = { withdrawals, payoutAttempts, mover, rails, waits, incidents, system, jobs, quorums, risk };
  return {
    ...openWalletPayouts(shared, below, { em, payoutAttempts, opening, chain, mover, unresolved }),
    /** What else decides about payouts builds on. */
    paying: { withdrawals, payoutAttempts, mover, rails },
    risk,
    withdrawalScreening: screening,
    allowList: new AllowList({
      ...{ em, assets, audit, dualControl: below.dualControl, settings: shared.risk.allowList },
      addresses: new AddressBook({ chainAddress: (text) => below.wallets.canonicalAddress(text) }),
    }),
    withdrawals: new WithdrawalService({ ...engine, opening, assets, mining, approvalEnd, notifications }),
    policyLapse: new PolicyLapse(engine),
    withdrawalViews: new WithdrawalViews({ ...below, em, withdrawals, payoutAttempts, mining, quorums, risk }),
    withdrawalCorrections: new WithdrawalCorrections({ ...engine, screening, assets, audit, notifications }),
    addressReveal: new AddressReveal({ withdrawals, wallets: walletRepository, audit }),
    payoutFence: new PayoutFence(engine),
    fundedPayouts: new FundedPayouts({ em, withdrawals, payoutAttempts, mover, jobs }),
    payouts: new PayoutService({ ...engine, random }),
    payoutLookUps: new PayoutLookUpService({ ...engine, log: pool.log, claims, unresolved }),
    ...openReconciliation({
      ...below,
      ...engine,
      em,
      clock,
      attempts,
      history,
      claims,
      unresolved,
    }),
  };
}
