import { router } from '../../procedures.ts';
import { reveal } from './reveal.ts';

export const addressesRouter = router({ reveal });
