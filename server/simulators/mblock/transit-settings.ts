import { z } from 'zod';
import { JsonNumber, plainDecimal, rawJsonNumber } from '#server/provider-transport/index.ts';
import type { Chain } from './chain.ts';
import type { StoredConfig } from './chain-events.ts';
import { ok, type Reply } from './replies.ts';

/** `fee` is the one amount that must come as a JSON number. */
export const configArgument = z.object({
  fee: z.instanceof(JsonNumber).optional(),
  feeWalletKey: z.string().optional(),
  delay: z.number().positive().optional(),
  count: z.number().positive().optional(),
  callback: z.string().optional(),
});

export function storedConfig(config: z.infer<typeof configArgument>): StoredConfig {
  const { fee, ...rest } = config;
  return { ...rest, ...(fee === undefined ? {} : { fee: plainDecimal(fee.source) ?? '0' }) };
}

/** Absent: read. `{}`: clear. Anything else is stored as it is. */
export function transitConfig(chain: Chain, args: unknown): Reply {
  const { config } = z.object({ config: configArgument.optional() }).parse(args);
  if (config !== undefined) chain.record({ type: 'config', atMs: chain.nowMs, config: storedConfig(config) });
  const { fee, ...rest } = chain.config;
  return ok({ config: { ...rest, ...(fee === undefined ? {} : { fee: rawJsonNumber(fee) }) } });
}
