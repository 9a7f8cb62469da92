export { type Announcement, Announcer } from './announcer.ts';
export { DeliveryRepository } from './delivery.repository.ts';
export { DeliveryService } from './delivery.service.ts';
export { SEND_DEADLINE_MS } from './delivery-policy.ts';
export { NotificationService } from './notification.service.ts';
export { NotificationRetention } from './notification-retention.ts';
export type { EventType } from './statuses.ts';
export { WebhookService } from './webhook.service.ts';
export { type AddressRule, isAllowedIp, whyNotWebhookUrl } from './webhook-address.ts';
