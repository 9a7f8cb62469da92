import { loaderOf, oneOf, texts, type ValuesOf } from '#components/url/params.ts';
import type { NotificationListInput } from '#server/notifications/contract.ts';
import { NOTIFICATION_VIEWS, SEVERITIES } from '#server/notifications/statuses.ts';

export const LIST_ROWS = 50;

export const notificationSearch = {
  view: oneOf(NOTIFICATION_VIEWS, 'open'),
  severity: oneOf(SEVERITIES),
  /** The cursors walked through so far: the last is this page's. */
  after: texts,
};
export type NotificationSearch = ValuesOf<typeof notificationSearch>;

export const loadNotificationSearch = loaderOf(notificationSearch);

export const listInput = ({ view, severity, after }: NotificationSearch): NotificationListInput => ({
  filter: { view, ...(severity && { severity: [severity] }) },
  cursor: after.at(-1) ?? null,
  limit: LIST_ROWS,
});
