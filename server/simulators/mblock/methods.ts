import { z } from 'zod';
import { isChainAddress } from '#server/mblock/index.ts';
import type { Fault } from '../faults.ts';
import { BNB, type Chain, GAS } from './chain.ts';
import { ok, type Reply, refuse } from './replies.ts';
import { requestTransit } from './transit-request.ts';
import { transitConfig } from './transit-settings.ts';

type Method = (chain: Chain, args: unknown, fault: Fault | null) => Reply;

const contract = z.string().nullish();
const order = z.object({ walletKey: z.string(), to: z.string().default(''), amount: z.string().default(''), contract });

/** The vendor's methods. What they do is recorded on the chain, before the answer is known to anybody. */
export const METHODS: Readonly<Record<string, Method>> = {
  balanceOf(chain, args) {
    const { address, contract: token } = z.object({ address: z.string(), contract }).parse(args);
    if (!isChainAddress(address)) return refuse('Wallet address is incorrect');
    if (token != null && !isChainAddress(token)) return refuse('Contract address is incorrect');
    return ok({ amount: chain.balance(address, token ?? BNB).toString() });
  },
  receiptByHash(chain, args) {
    const { txid, contract: token } = z.object({ txid: z.string(), contract }).parse(args);
    const found = chain.transferOf(txid);
    if (found === null) return refuse('Transaction receipt not found');
    // A receipt shows a token's log; the chain's own coin leaves none.
    if (token == null || token.toLowerCase() !== found.asset.toLowerCase()) return refuse('Transaction Logs not found');
    return ok({ from: found.from, to: found.to, amount: found.amount });
  },
  transferByWalletKey: transfer,
  requestWallet: (chain) => ok({ ...chain.createWallet() }),
  refreshWallet(chain, args) {
    const { walletKey } = z.object({ walletKey: z.string() }).parse(args);
    const address = chain.addressOf(walletKey);
    return address === null ? refuse('Invalid Wallet Key') : ok({ walletKey: chain.refresh(address) });
  },
  transitConfig,
  transitByWalletKey: requestTransit,
};

function transfer(chain: Chain, args: unknown, fault: Fault | null): Reply {
  const { walletKey, to, amount, contract: token } = order.parse(args);
  const from = chain.addressOf(walletKey);
  if (from === null) return refuse('Invalid Wallet Key');
  if (!isChainAddress(to)) return refuse('Wallet address is incorrect');
  if (token != null && !isChainAddress(token)) return refuse('Contract address is incorrect');
  if (!/^\d+(?:\.\d+)?$/.test(amount)) return refuse('Transfer volume is required');
  const asset = token ?? BNB;
  const moved = chain.amount(asset, amount);
  if (!moved.isPositive() || chain.balance(from, asset).isLessThan(moved)) {
    return refuse('Request volume is zero or not enough balance');
  }
  const gas = chain.amount(BNB, GAS);
  const needed = asset === BNB ? gas.plus(moved) : gas;
  if (chain.balance(from, BNB).isLessThan(needed))
    return refuse('RPCError: insufficient funds for gas * price + value');
  const txid = chain.transfer({ from, to, asset, amount: moved.toString(), leg: 'transfer' });
  return fault?.fault === 'no_reference' ? ok({}) : ok({ txid });
}
