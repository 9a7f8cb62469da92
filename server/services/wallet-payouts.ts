import type { Collaborators } from '../collaborators.ts';
import {
  WalletClosing,
  WalletLookUp,
  type WalletRail,
  WalletWithdrawals,
  type WithdrawalMover,
  type WithdrawalOpening,
  type WithdrawalRepository,
} from '../withdrawals/index.ts';
import type { Foundation } from './foundation.ts';
import type { ProviderServices } from './providers.ts';

/** The parts of the engine that payouts out of wallets share with all others. */
interface Engine {
  readonly withdrawals: WithdrawalRepository;
  readonly mover: WithdrawalMover;
  readonly opening: WithdrawalOpening;
  readonly chain: WalletRail;
}

/** Payouts out of wallets: requests, and what the chain shows of them. */
export function openWalletPayouts(
  { companyAddresses }: Collaborators,
  below: Foundation & ProviderServices,
  engine: Engine,
) {
  const { assets, ledger, incidents, system, jobs, wallets, walletBooks: books, walletRepository } = below;
  const { withdrawals, mover, opening, chain } = engine;
  const closing = new WalletClosing({ mover, ledger, log: chain.log, incidents, jobs });
  return {
    walletWithdrawals: new WalletWithdrawals({
      ...{ withdrawals, opening, wallets: walletRepository, service: wallets, books, assets, system, companyAddresses },
    }),
    walletLookUps: new WalletLookUp({ withdrawals, wallets, closing, system }),
  };
}
