import { router } from '../../procedures.ts';
import { changePassword } from './change-password.ts';
import { changeRole } from './change-role.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { invite } from './invite.ts';
import { list } from './list.ts';
import { me } from './me.ts';
import { resetSecondFactor } from './reset-second-factor.ts';
import { revokeInvitation } from './revoke-invitation.ts';

export const operatorsRouter = router({
  me,
  list,
  invite,
  revokeInvitation,
  changeRole,
  disable,
  enable,
  changePassword,
  resetSecondFactor,
});
