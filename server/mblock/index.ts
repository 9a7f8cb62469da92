export { isChainAddress, withChecksum } from './chain-address.ts';
export { MBlockClient } from './mblock-client.ts';
export { MBlockWalletProvider, type TransitSettings } from './mblock-wallet-provider.ts';
export { readTransitCallback, type TransitCallback } from './transit-callback.ts';
