import { DomainError } from '#server/kernel/errors.ts';
import type { Idempotency } from '#server/kernel/idempotency.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import { MBlockClient, MBlockWalletProvider } from '#server/mblock/index.ts';
import { type MBlockSimulator, startMBlockSimulator } from '#server/simulators/index.ts';
import { WalletCreation, WalletKeyCipher, type WalletProvider, WalletService } from '#server/wallets/index.ts';
import { MemoryWalletRepository } from '#server/wallets/wallet.repository.memory.ts';
import type { WalletCreationServices } from '#server/wallets/wallet-creation.ts';
import { FakeClock } from './fake-clock.ts';

export const USDT = '0x55d398326f99059fF775485246999027B3197955';
const CONTRACTS: Readonly<Record<string, string | null>> = { 'BSC:BNB': null, [`BSC:${USDT}`]: USDT };

/** Remembers replies in memory, as long as the work was not refused. */
class MemoryIdempotency implements Idempotency {
  readonly #replies = new Map<string, unknown>();

  async once<Reply>({ key }: { key: string }, work: () => Promise<Reply>): Promise<Reply> {
    if (!this.#replies.has(key)) this.#replies.set(key, await work());
    return this.#replies.get(key) as Reply;
  }

  async kept<Reply>({ key }: { key: string }): Promise<Reply | null> {
    return (this.#replies.get(key) as Reply | undefined) ?? null;
  }
}

/** Wallets without a database: repositories in memory, and MBlock as a real HTTP server. */
export interface WalletBench {
  readonly chain: MBlockSimulator;
  readonly repository: MemoryWalletRepository;
  readonly cipher: WalletKeyCipher;
  readonly provider: WalletProvider;
  readonly service: WalletService;
  readonly creation: WalletCreation;
  close(): Promise<void>;
}

export async function walletBench(): Promise<WalletBench> {
  const chain = await startMBlockSimulator({ settleAfterMs: 60_000 });
  const repository = new MemoryWalletRepository();
  const cipher = new WalletKeyCipher([{ id: 'k1', base64: new Secret(Buffer.alloc(32, 1).toString('base64')) }]);
  const clock = new FakeClock();
  const provider = new MBlockWalletProvider({
    client: new MBlockClient({
      endpoint: chain.url,
      apiKey: new Secret(chain.apiKey),
      deadlineMs: 300,
      guard: () => undefined,
    }),
    transit: { fee: '0.001', feeWalletKey: new Secret(chain.control.feeWallet().walletKey), delay: 5, count: 12 },
  });
  const assets = { enabled: (asset: string) => chainAsset(asset) };
  const services: WalletCreationServices = {
    walletRepository: repository,
    idempotency: new MemoryIdempotency(),
    audit: { record: () => undefined },
  };
  const sessions: Sessions<WalletCreationServices> = {
    withoutTransaction: (work) => work(services),
    inTransaction: (work) => work(services),
  };
  return {
    chain,
    repository,
    cipher,
    provider,
    service: new WalletService({ wallets: repository, provider, assets, cipher, clock }),
    creation: new WalletCreation({ sessions, provider, cipher, clock }),
    close: () => chain.close(),
  };
}

async function chainAsset(asset: string) {
  const contract = CONTRACTS[asset];
  if (contract === undefined) throw new DomainError('asset.unknown', `${asset} is not here`);
  return { asset, chain: 'bsc' as const, contract, symbol: asset, scale: 18, enabled: true };
}
