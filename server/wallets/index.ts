export { KeyRotationRepository } from './key-rotation.repository.ts';
export { KeyRotations } from './key-rotation.ts';
export type { TransactionStatus } from './statuses.ts';
export { SqlWalletRepository } from './wallet.repository.sql.ts';
export type { WalletRepository } from './wallet.repository.ts';
export { WalletService } from './wallet.service.ts';
export { WalletCreation } from './wallet-creation.ts';
export { WalletKeyCipher } from './wallet-key-cipher.ts';
export type { ChainReceipt, WalletProvider } from './wallet-provider.port.ts';
