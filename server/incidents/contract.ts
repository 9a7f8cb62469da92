import { z } from 'zod';
import { PROVIDERS } from '#server/kernel/provider-outcome.ts';
import { amountText, cursor, instant, json, limit, page, uuid } from '#server/kernel/wire.ts';
import { INCIDENT_DECISIONS, INCIDENT_KINDS } from './statuses.ts';

export const incidentKind = z.enum(INCIDENT_KINDS);
export const incidentDecision = z.enum(INCIDENT_DECISIONS);

/** Something that only people decide. `subject` says what it is about, `detail` what was seen. */
export const incidentView = z.object({
  id: uuid,
  kind: incidentKind,
  subject: z.string(),
  provider: z.enum(PROVIDERS).nullable(),
  asset: z.string().nullable(),
  amount: amountText.nullable(),
  withdrawalId: uuid.nullable(),
  attemptId: uuid.nullable(),
  walletId: uuid.nullable(),
  detail: json,
  openedAt: instant,
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  resolution: z.string().nullable(),
  note: z.string().nullable(),
});

export const incidentGetInput = z.strictObject({ id: uuid });
export const incidentListInput = z.strictObject({
  filter: z.strictObject({ open: z.boolean().optional(), kind: incidentKind.optional() }).default({}),
  cursor,
  limit,
});
export const incidentPage = page(incidentView);

export type IncidentListInput = z.infer<typeof incidentListInput>;
export type IncidentPage = z.infer<typeof incidentPage>;
export type IncidentView = z.infer<typeof incidentView>;
