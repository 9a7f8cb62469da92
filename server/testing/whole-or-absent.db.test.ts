import { afterAll, beforeAll } from 'vitest';
import { figure } from '../../scripts/prove/size.ts';
import { type TestApplication, testApplication } from './application.ts';
import { expectBooksBalanced } from './books.ts';
import { MONEY_MUTATIONS } from './money-mutations.ts';
import { describeWholeOrAbsent } from './whole-or-absent.ts';
import { operatorOf } from './withdrawals.ts';

let app: TestApplication;
let points = 0;
beforeAll(async () => {
  app = await testApplication();
  for (const name of ['first', 'second']) await operatorOf(app, 'admin', name);
});
afterAll(async () => {
  figure(`${points} points of ${MONEY_MUTATIONS.length} units of work met a fault; each was whole or absent`);
  await expectBooksBalanced(app);
  await app.close();
});

describeWholeOrAbsent(MONEY_MUTATIONS, {
  app: () => app,
  count: () => {
    points += 1;
  },
});
