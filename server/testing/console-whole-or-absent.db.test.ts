import { afterAll, beforeAll } from 'vitest';
import { figure, sized } from '../../scripts/prove/size.ts';
import { type TestApplication, testApplication } from './application.ts';
import { expectBooksBalanced } from './books.ts';
import { CONSOLE_MUTATIONS } from './console-mutations.ts';
import { describeWholeOrAbsent } from './whole-or-absent.ts';
import { operatorOf } from './withdrawals.ts';

const MUTATIONS = sized(CONSOLE_MUTATIONS.short, CONSOLE_MUTATIONS.full);

let app: TestApplication;
let points = 0;
beforeAll(async () => {
  app = await testApplication();
  for (const name of ['first', 'second']) await operatorOf(app, 'admin', name);
});
afterAll(async () => {
  figure(`${points} points of ${MUTATIONS.length} units of work met a fault; each was whole or absent`);
  await expectBooksBalanced(app);
  await app.close();
});

describeWholeOrAbsent(MUTATIONS, {
  app: () => app,
  count: () => {
    points += 1;
  },
});
