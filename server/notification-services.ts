import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from './audit/index.ts';
import type { Collaborators } from './collaborators.ts';
import type { JobQueue } from './kernel/job-queue.ts';
import {
  type Announcer,
  DeliveryRepository,
  DeliveryService,
  NotificationService,
  WebhookService,
} from './notifications/index.ts';

/** The outbox, and what takes it further. */
export interface NotificationServices {
  readonly notifications: Announcer;
  readonly deliveries: DeliveryService;
  readonly notificationCentre: NotificationService;
  readonly webhooks: WebhookService;
}

interface Needs {
  readonly notifications: Announcer;
  readonly audit: AuditTrail;
  readonly jobs: JobQueue;
}

export function notificationServices(em: EntityManager, shared: Collaborators, needs: Needs): NotificationServices {
  const { senders, cipher, random, appUrl, clock, addressRule } = shared;
  const deliveries = new DeliveryRepository({ em });
  return {
    notifications: needs.notifications,
    deliveries: new DeliveryService({ ...needs, deliveries, senders, cipher, random, appUrl }),
    notificationCentre: new NotificationService({ ...needs, em, deliveries, clock }),
    webhooks: new WebhookService({ ...needs, em, cipher, clock, addressRule }),
  };
}
