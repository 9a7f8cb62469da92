export { LateReplies } from './late-replies.ts';
export { PoolProofs } from './pool-proofs.ts';
export { PoolSweep } from './pool-sweep.ts';
export { UnknownPayouts } from './unknown-payouts.ts';
export { WalletObservations } from './wallet-observations.ts';
export { WalletObserver } from './wallet-observer.ts';
