import { router } from '../../procedures.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { beginPasskey } from './begin-passkey.ts';
import { lookAtInvitation } from './look-at-invitation.ts';
import { passkey } from './passkey.ts';

export const signInRouter = router({ beginPasskey, passkey, lookAtInvitation, acceptInvitation });
