import { z } from 'zod';
import { PROVIDERS } from '#server/kernel/provider-outcome.ts';
import { instant, noteText } from '#server/kernel/wire.ts';

export const providerName = z.enum(PROVIDERS);

/** `pausedAt` is set while nothing is sent to the provider; `reason` says what to mend. */
export const providerStatusView = z.object({
  provider: providerName,
  pausedAt: instant.nullable(),
  reason: z.string().nullable(),
  lastReadAt: instant.nullable(),
});
export const systemStatusInput = z.strictObject({});
export const systemStatusView = z.object({ providers: z.array(providerStatusView), demo: z.boolean() });

/** After the configuration has been mended: let the provider's payouts go on. */
export const providerResumeInput = z.strictObject({ provider: providerName, reason: noteText });

export type SystemStatusView = z.infer<typeof systemStatusView>;
export type ProviderResumeInput = z.infer<typeof providerResumeInput>;
