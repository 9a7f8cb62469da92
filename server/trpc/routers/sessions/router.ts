import { router } from '../../procedures.ts';
import { end } from './end.ts';
import { endOthers } from './end-others.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { times } from './times.ts';
import { touch } from './touch.ts';

export const sessionsRouter = router({ list, history, end, endOthers, times, touch });
