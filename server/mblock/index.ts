export { isChainAddress, withChecksum } from '#server/config/chain-address.ts';
export { MBlockClient } from './mblock-client.ts';
export { MBlockWalletProvider } from './mblock-wallet-provider.ts';
