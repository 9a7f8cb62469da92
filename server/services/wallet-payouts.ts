import type { EntityManager } from '@mikro-orm/postgresql';
import type { Collaborators } from '#server/collaborators.ts';
import { WalletObservations, WalletObserver } from '#server/reconciliation/index.ts';
import {
  type PayoutAttemptRepository,
  TransitCallbacks,
  type UnresolvedPayouts,
  WalletClosing,
  WalletLookUp,
  type WalletRail,
  WalletShortages,
  WalletWithdrawals,
  type WithdrawalMover,
  type WithdrawalOpening,
} from '#server/withdrawals/index.ts';
import type { Foundation } from './foundation.ts';
import type { ProviderServices } from './providers.ts';

/** The parts of the engine that payouts out of wallets share with all others. */
interface Engine {
  readonly em: EntityManager;
  readonly payoutAttempts: PayoutAttemptRepository;
  readonly mover: WithdrawalMover;
  readonly opening: WithdrawalOpening;
  readonly chain: WalletRail;
  readonly unresolved: UnresolvedPayouts;
}

/** Payouts out of wallets: requests, and what the chain and its reports show of them. */
export function openWalletPayouts(
  { companyAddresses, transitFee, walletProvider: provider }: Collaborators,
  below: Foundation & ProviderServices,
  engine: Engine,
) {
  const { assets, ledger, incidents, system, jobs, wallets, walletBooks: books, walletRepository } = below;
  const { em, payoutAttempts, mover, opening, chain, unresolved } = engine;
  const callbacks = new TransitCallbacks({ em, provider, jobs });
  const shortages = new WalletShortages({ incidents, ledger, books });
  const closing = new WalletClosing({ mover, ledger, books, shortages, rail: chain, incidents, jobs, transitFee });
  const observer = new WalletObserver({
    ...{ wallets, repository: walletRepository, pauses: below.walletPauses, assets, books, ledger },
    ...{ observations: new WalletObservations({ em }), incidents, shortages, audit: below.audit, jobs, transitFee },
    dualControl: below.dualControl,
  });
  return {
    walletObserver: observer,
    transitCallbacks: callbacks,
    walletWithdrawals: new WalletWithdrawals({
      ...{
        payoutAttempts,
        opening,
        wallets: walletRepository,
        service: wallets,
        books,
        assets,
        system,
        companyAddresses,
      },
    }),
    walletLookUps: new WalletLookUp({ payoutAttempts, callbacks, wallets, closing, system, unresolved }),
  };
}
