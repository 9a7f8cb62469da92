export { alertWebhook } from './alert-webhook.ts';
export { headsWebhook } from './heads-webhook.ts';
export { platformWebhook } from './platform-webhook.ts';
export { screeningService } from './screening-service.ts';
export { smtpMail } from './smtp-mail.ts';
