import { router } from '../../procedures.ts';
import { me } from './me.ts';
import { resetSecondFactor } from './reset-second-factor.ts';

export const operatorsRouter = router({ me, resetSecondFactor });
