import { router } from '../../procedures.ts';
import { decide } from './decide.ts';
import { get } from './get.ts';
import { list } from './list.ts';

export const incidentsRouter = router({ list, get, decide });
