import { router } from '../../procedures.ts';
import { actors } from './actors.ts';
import { exportRows } from './export.ts';
import { exportSigned } from './export-signed.ts';
import { list } from './list.ts';
import { signing } from './signing.ts';
import { verify } from './verify.ts';

export const auditRouter = router({ actors, export: exportRows, exportSigned, list, signing, verify });
