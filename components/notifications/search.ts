import { createLoader, type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { NotificationListInput } from '#server/notifications/contract.ts';
import { NOTIFICATION_VIEWS, SEVERITIES } from '#server/notifications/statuses.ts';

export const LIST_ROWS = 50;

export const notificationSearch = {
  view: parseAsStringLiteral(NOTIFICATION_VIEWS).withDefault('open'),
  severity: parseAsStringLiteral(SEVERITIES),
  /** The cursors walked through so far: the last is this page's. */
  after: parseAsArrayOf(parseAsString).withDefault([]),
};
export type NotificationSearch = inferParserType<typeof notificationSearch>;

export const loadNotificationSearch = createLoader(notificationSearch);

export const listInput = ({ view, severity, after }: NotificationSearch): NotificationListInput => ({
  filter: { view, ...(severity && { severity: [severity] }) },
  cursor: after.at(-1) ?? null,
  limit: LIST_ROWS,
});
