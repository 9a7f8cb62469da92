import { router } from '../../procedures.ts';
import { begin } from './begin.ts';
import { confirm } from './confirm.ts';
import { renewRecoveryCodes } from './renew-recovery-codes.ts';
import { state } from './state.ts';
import { verify } from './verify.ts';

export const secondFactorRouter = router({ state, begin, confirm, verify, renewRecoveryCodes });
