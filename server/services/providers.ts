import type { EntityManager } from '@mikro-orm/postgresql';
import { AssetRegistration } from '#server/assets/index.ts';
import type { Collaborators } from '#server/collaborators.ts';
import {
  MiningCollector,
  type MiningRepository,
  MiningService,
  PoolHistory,
  PoolRowClaims,
  RefusedDays,
  SqlMiningRepository,
} from '#server/mining/index.ts';
import {
  KeyRotationRepository,
  SqlWalletRepository,
  WalletPauses,
  type WalletRepository,
  WalletService,
} from '#server/wallets/index.ts';
import type { Foundation } from './foundation.ts';

export type ProviderServices = ReturnType<typeof openProviders>;

/** The providers' business: mining at the pool, wallets on the chain. */
export function openProviders(em: EntityManager, shared: Collaborators, foundation: Foundation) {
  const { clock, pool, cipher, walletProvider: provider } = shared;
  const { ledger, assets, audit, jobs, incidents, dualControl, notifications } = foundation;
  const miningRepository: MiningRepository = new SqlMiningRepository({ em });
  const walletRepository: WalletRepository = new SqlWalletRepository({ em });
  const wallets = new WalletService({ wallets: walletRepository, provider, assets, cipher, clock });
  return {
    miningRepository,
    poolHistory: new PoolHistory({ em, pool }),
    poolRowClaims: new PoolRowClaims({ em }),
    walletRepository,
    mining: new MiningService({ mining: miningRepository, pool, clock }),
    miningCollector: new MiningCollector({
      ...{ mining: miningRepository, pool, ledger, assets, audit, jobs, clock },
      refusedDays: new RefusedDays({ em, notifications, clock }),
    }),
    wallets,
    walletPauses: new WalletPauses({
      ...{ wallets: walletRepository, incidents, dualControl, audit, notifications, clock },
    }),
    assetRegistration: new AssetRegistration({ em, audit, canonicalAddress: (text) => wallets.canonicalAddress(text) }),
    keyRotations: new KeyRotationRepository({ em }),
  };
}
