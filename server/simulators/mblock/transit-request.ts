import { z } from 'zod';
import { isChainAddress } from '#server/mblock/index.ts';
import type { Fault } from '../faults.ts';
import type { Chain } from './chain.ts';
import type { StoredConfig } from './chain-events.ts';
import { ok, type Reply, refuse } from './replies.ts';
import { configArgument, storedConfig } from './transit-settings.ts';

const CALLBACK_LATE_MS = 5000;
const order = z.object({
  walletKey: z.string(),
  contract: z.string().nullish(),
  to: z.string(),
  amount: z.string().optional(),
  config: configArgument.optional(),
});

type CompleteConfig = { readonly [Field in keyof StoredConfig]-?: NonNullable<StoredConfig[Field]> };

/** Takes a transit and names it; it is carried out later. */
export function requestTransit(chain: Chain, args: unknown, fault: Fault | null): Reply {
  const { walletKey, contract, to, amount, config = {} } = order.parse(args);
  const from = chain.addressOf(walletKey);
  if (from === null) return refuse('Invalid Wallet Key');
  if (contract == null || !isChainAddress(contract)) return refuse('Contract address is incorrect');
  if (!isChainAddress(to)) return refuse('Wallet address is incorrect');
  const whole = complete({ ...chain.config, ...storedConfig(config) });
  const feeAddress = whole === null ? null : chain.addressOf(whole.feeWalletKey);
  if (whole === null || feeAddress === null) return refuse('Invalid Configuration');
  const held = chain.balance(from, contract);
  const moved = amount === undefined ? held : chain.amount(contract, amount);
  if (!moved.isPositive() || held.isLessThan(moved)) return refuse('Request volume is zero or not enough balance');
  const token = chain.newToken();
  chain.record({
    type: 'transit',
    atMs: chain.nowMs,
    token,
    from,
    to,
    asset: contract,
    amount: moved.toString(),
    fee: whole.fee,
    feeAddress,
    callback: whole.callback,
    fault: fault?.fault ?? null,
    faultDelayMs: fault?.delayMs ?? CALLBACK_LATE_MS,
  });
  return fault?.fault === 'no_reference' ? ok({}) : ok({ token });
}

function complete(config: StoredConfig): CompleteConfig | null {
  const { fee, feeWalletKey, delay, count, callback } = config;
  if (fee === undefined || feeWalletKey === undefined || callback === undefined) return null;
  return delay === undefined || count === undefined ? null : { fee, feeWalletKey, delay, count, callback };
}
