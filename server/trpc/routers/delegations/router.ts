import { router } from '../../procedures.ts';
import { create } from './create.ts';
import { current } from './current.ts';
import { end } from './end.ts';
import { mine } from './mine.ts';

export const delegationsRouter = router({ mine, current, create, end });
