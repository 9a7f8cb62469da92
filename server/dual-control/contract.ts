import { z } from 'zod';
import { instant, json, uuid } from '#server/kernel/wire.ts';

/** What a call that takes two people answers with: it proposed, or it confirmed and took effect. */
export const dualStateView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('proposed'), decisionId: uuid, expiresAt: instant }),
  z.object({ state: z.literal('confirmed'), decisionId: uuid, proposedBy: uuid, confirmedBy: uuid }),
]);

/** Takes a proposal back: whoever made it, or a colleague who disagrees. */
export const decisionWithdrawInput = z.strictObject({ id: uuid });
export const decisionWithdrawView = z.object({ id: uuid });

/** A proposal that waits for a second person. */
export const openDecisionView = z.object({
  id: uuid,
  action: z.string(),
  body: json,
  note: z.string(),
  proposedBy: z.object({ id: uuid, name: z.string() }),
  proposedAt: instant,
  expiresAt: instant,
});

/** Everything about one subject, such as a wallet, that waits for a second person. */
export const openDecisionsInput = z.strictObject({ subjectId: uuid });
export const openDecisionsView = z.object({ proposals: z.array(openDecisionView) });

/** How many may be one of two people now: newcomers and who has no second factor are not counted. */
export const decidersInput = z.strictObject({});
export const decidersView = z.object({ finance: z.int(), admin: z.int() });

export type DecidersView = z.infer<typeof decidersView>;
export type OpenDecisionView = z.infer<typeof openDecisionView>;
