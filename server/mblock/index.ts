export { isChainAddress, withChecksum } from './chain-address.ts';
export { MBlockClient } from './mblock-client.ts';
export { MBlockWalletProvider } from './mblock-wallet-provider.ts';
