export { isChainAddress, withChecksum } from './chain-address.ts';
export { MBlockClient, type MBlockTransfer } from './mblock-client.ts';
export { MBlockWalletProvider, type TransitSettings } from './mblock-wallet-provider.ts';
export { readTransitCallback, type TransitCallback } from './transit-callback.ts';
export type { TransitConfig } from './transit-config.ts';
