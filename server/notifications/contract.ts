import { z } from 'zod';
import {
  amountText,
  assetCode,
  cursor,
  instant,
  limit,
  memberId,
  noteText,
  page,
  signedAmountText,
  uuid,
} from '#server/kernel/wire.ts';
import { withdrawalKind, withdrawalStatus } from '#server/withdrawals/contract.ts';
import {
  CHANNELS,
  DELIVERY_STATUSES,
  EVENT_TYPES,
  NOTIFICATION_SUBJECTS,
  NOTIFICATION_VIEWS,
  SEVERITIES,
  WITHDRAWAL_EVENT_TYPES,
} from './statuses.ts';

const severity = z.enum(SEVERITIES);
const person = z.object({ id: uuid, name: z.string() });

/** `mine` are open ones that are assigned to whoever asks. */
export const notificationListInput = z.strictObject({
  filter: z
    .strictObject({
      view: z.enum(NOTIFICATION_VIEWS).default('open'),
      severity: z.array(severity).min(1).max(SEVERITIES.length).optional(),
    })
    .prefault({}),
  cursor,
  limit,
});

/** `status` is the withdrawal's now, `attempts` and `reason` as they were when it happened. */
export const notificationView = z.object({
  id: uuid,
  at: instant,
  type: z.enum(EVENT_TYPES),
  severity,
  subject: z.object({ type: z.enum(NOTIFICATION_SUBJECTS), id: z.string() }),
  withdrawal: z.object({ id: uuid, kind: withdrawalKind, status: withdrawalStatus }).nullable(),
  memberId: memberId.nullable(),
  asset: assetCode.nullable(),
  amount: amountText.nullable(),
  /** What an alarm of the books compared when it was raised; what is there may be below zero by the books. */
  compared: z.object({ claimed: amountText, there: signedAmountText }).nullable(),
  target: z.string().nullable(),
  requestedAt: instant.nullable(),
  attempts: z.int().nonnegative(),
  reason: z.string().nullable(),
  /** `by` is null when what it tells of ended by itself. */
  acknowledged: z.object({ by: person.nullable(), at: instant }).nullable(),
  assigned: z.object({ to: person, at: instant }).nullable(),
  /** `by` is null when nobody but time did it. */
  escalated: z.object({ by: person.nullable(), at: instant }).nullable(),
  deliveries: z.object({ delivered: z.int(), pending: z.int(), givenUp: z.int() }),
});
export const notificationPage = page(notificationView);

const counted = z.strictObject({ count: z.int().nonnegative(), exact: z.boolean() });
export const unreadInput = z.strictObject({});
export const unreadView = z.object({ open: counted, mine: counted });

export const assigneesInput = z.strictObject({});
export const assigneesView = z.object({ rows: z.array(person) });

export const notificationInput = z.strictObject({ id: uuid });
export const notificationChangedView = z.object({ id: uuid });
/** `operatorId` null: nobody's any more. */
export const assignInput = z.strictObject({ id: uuid, operatorId: uuid.nullable() });

export const deliveryView = z.object({
  id: uuid,
  event: z.object({ id: uuid, type: z.enum(EVENT_TYPES), at: instant }),
  channel: z.enum(CHANNELS),
  endpoint: z.object({ id: uuid, url: z.string() }).nullable(),
  status: z.enum(DELIVERY_STATUSES),
  tries: z.int().nonnegative(),
  lastTriedAt: instant.nullable(),
  /** When it is tried again; null when it is not. */
  nextAt: instant.nullable(),
  httpStatus: z.int().nullable(),
  error: z.string().nullable(),
  durationMs: z.int().nullable(),
  deliveredAt: instant.nullable(),
});
export const deliveriesView = z.object({ rows: z.array(deliveryView) });

export const webhookListInput = z.strictObject({});
export const webhookView = z.object({
  id: uuid,
  url: z.string(),
  description: z.string(),
  /** None: all of them. */
  eventTypes: z.array(z.enum(WITHDRAWAL_EVENT_TYPES)),
  createdBy: z.string(),
  createdAt: instant,
  /** Until then the secret before the current one signs as well. */
  previousUntil: instant.nullable(),
  revokedAt: instant.nullable(),
});
export const webhookListView = z.object({ rows: z.array(webhookView) });
export const webhookCreateInput = z.strictObject({
  url: z.string().trim().min(1).max(2_000),
  description: noteText.max(200),
  eventTypes: z.array(z.enum(WITHDRAWAL_EVENT_TYPES)).max(WITHDRAWAL_EVENT_TYPES.length).default([]),
});
/** The secret is shown this once. */
export const webhookSecretView = z.object({ id: uuid, secret: z.string() });
export const webhookInput = z.strictObject({ id: uuid });
export const webhookChangedView = z.object({ id: uuid });
export const webhookDeliveriesInput = z.strictObject({ id: uuid, cursor, limit });
export const webhookDeliveriesPage = page(deliveryView);

export type NotificationListInput = z.infer<typeof notificationListInput>;
export type NotificationView = z.infer<typeof notificationView>;
export type NotificationPage = z.infer<typeof notificationPage>;
export type UnreadView = z.infer<typeof unreadView>;
export type DeliveryView = z.infer<typeof deliveryView>;
export type WebhookView = z.infer<typeof webhookView>;
export type WebhookCreateInput = z.infer<typeof webhookCreateInput>;
export type WebhookDeliveriesInput = z.infer<typeof webhookDeliveriesInput>;
export type WebhookDeliveriesPage = z.infer<typeof webhookDeliveriesPage>;
