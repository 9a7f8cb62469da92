import { router } from '../../procedures.ts';
import { approve } from './approve.ts';
import { cancel } from './cancel.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { reject } from './reject.ts';
import { request } from './request.ts';
import { waiting } from './waiting.ts';

export const withdrawalsRouter = router({ list, get, waiting, request, approve, reject, cancel });
