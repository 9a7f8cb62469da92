import { router } from '../../procedures.ts';
import { me } from './me.ts';

export const operatorsRouter = router({ me });
