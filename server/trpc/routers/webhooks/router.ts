import { router } from '../../procedures.ts';
import { create } from './create.ts';
import { deliveries } from './deliveries.ts';
import { list } from './list.ts';
import { resend } from './resend.ts';
import { revoke } from './revoke.ts';
import { rotateSecret } from './rotate-secret.ts';
import { test } from './test.ts';

export const webhooksRouter = router({ create, deliveries, list, resend, revoke, rotateSecret, test });
