import { router } from '../../procedures.ts';
import { approve } from './approve.ts';
import { attachEvidence } from './attach-evidence.ts';
import { cancel } from './cancel.ts';
import { edit } from './edit.ts';
import { escalate } from './escalate.ts';
import { evidence } from './evidence.ts';
import { get } from './get.ts';
import { hold } from './hold.ts';
import { list } from './list.ts';
import { note } from './note.ts';
import { recheck } from './recheck.ts';
import { reject } from './reject.ts';
import { release } from './release.ts';
import { reportPaid } from './report-paid.ts';
import { request } from './request.ts';
import { resolve } from './resolve.ts';
import { retry } from './retry.ts';
import { waiting } from './waiting.ts';

export const withdrawalsRouter = router({
  ...{ list, get, waiting, request, approve, reject, cancel },
  ...{ hold, release, note, edit, retry },
  ...{ evidence, attachEvidence, recheck, escalate, resolve, reportPaid },
});
