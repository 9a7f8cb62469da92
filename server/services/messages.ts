import type { EntityManager } from '@mikro-orm/postgresql';
import type { Collaborators } from '#server/collaborators.ts';
import {
  DeliveryRepository,
  DeliveryService,
  NotificationRetention,
  NotificationService,
  WebhookService,
} from '#server/notifications/index.ts';
import type { Foundation } from './foundation.ts';

export type MessageServices = ReturnType<typeof openMessages>;

/** What takes the outbox further: to people in the console, by chat and e-mail, and to platforms. */
export function openMessages(em: EntityManager, shared: Collaborators, foundation: Foundation) {
  const { senders, cipher, random, appUrl, clock, addressRule } = shared;
  const { notifications, audit, jobs } = foundation;
  const deliveries = new DeliveryRepository({ em });
  return {
    notificationRetention: new NotificationRetention({ em, keptDays: shared.notificationsKeptDays }),
    deliveries: new DeliveryService({ deliveries, senders, cipher, notifications, jobs, random, appUrl }),
    notificationCentre: new NotificationService({ em, deliveries, notifications, audit, jobs, clock }),
    webhooks: new WebhookService({ em, cipher, notifications, audit, clock, addressRule }),
  };
}
