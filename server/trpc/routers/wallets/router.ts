import { router } from '../../procedures.ts';
import { balance } from './balance.ts';
import { bookDeposit } from './book-deposit.ts';
import { create } from './create.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { probeKey } from './probe-key.ts';
import { resume } from './resume.ts';
import { rotateKey } from './rotate-key.ts';
import { rotation } from './rotation.ts';
import { transactions } from './transactions.ts';
import { transfer } from './transfer.ts';
import { transit } from './transit.ts';

export const walletsRouter = router({
  create,
  list,
  get,
  balance,
  transactions,
  resume,
  bookDeposit,
  rotateKey,
  probeKey,
  rotation,
  transfer,
  transit,
});
