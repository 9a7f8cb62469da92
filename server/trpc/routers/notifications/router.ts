import { router } from '../../procedures.ts';
import { acknowledge } from './acknowledge.ts';
import { assign } from './assign.ts';
import { assignees } from './assignees.ts';
import { deliveries } from './deliveries.ts';
import { escalate } from './escalate.ts';
import { list } from './list.ts';
import { resend } from './resend.ts';
import { unread } from './unread.ts';

export const notificationsRouter = router({
  acknowledge,
  assign,
  assignees,
  deliveries,
  escalate,
  list,
  resend,
  unread,
});
