import { globSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, expect, test } from 'vitest';
import { projectFolder } from './paths.ts';
import { cruise, plantTree } from './testing/import-guard-tree.ts';

/** A small product without a breach: every layer is there and imports what it may. */
const CLEAN = {
  'server/kernel/amount.ts': `import { z } from 'zod';\nexport const amount = z.string();\n`,
  'server/config/index.ts': `import { amount } from '../kernel/amount.ts';\nexport const config = amount;\n`,
  'server/database/session.ts': `import { MikroORM } from '@mikro-orm/postgresql';\nexport const session = MikroORM;\n`,
  'server/wallets/contract.ts': `import { amount } from '../kernel/amount.ts';\nexport const walletView = amount;\n`,
  'server/wallets/wallet.entity.ts': `import { walletView } from './contract.ts';\nexport const wallet = walletView;\n`,
  'server/wallets/wallet-provider.port.ts': `export interface WalletProvider { name: string }\n`,
  'server/wallets/index.ts': `export { wallet } from './wallet.entity.ts';\n`,
  'server/withdrawals/index.ts': `import { wallet } from '../wallets/index.ts';\nexport const withdrawals = wallet;\n`,
  'server/provider-transport/transport.ts': `import { amount } from '../kernel/amount.ts';\nexport const call = amount;\n`,
  'server/mblock/adapter.ts': `import { call } from '../provider-transport/transport.ts';\nimport type { WalletProvider } from '../wallets/wallet-provider.port.ts';\nexport const mblock: WalletProvider = { name: String(call) };\n`,
  'server/hashdam/adapter.ts': `import { call } from '../provider-transport/transport.ts';\nexport const hashdam = call;\n`,
  'server/simulators/mblock.ts': `export const simulator = 1;\n`,
  'server/testing/database.ts': `import { simulator } from '../simulators/mblock.ts';\nexport const database = simulator;\n`,
  'server/container.ts': `import { mblock } from './mblock/adapter.ts';\nexport const container = mblock;\n`,
  'server/trpc/root.ts': `import { wallet } from '../wallets/index.ts';\nexport const root = wallet;\nexport type Root = typeof root;\n`,
  'server/jobs/sql-queue.ts': `import { MikroORM } from '@mikro-orm/postgresql';\nexport const queue = MikroORM;\n`,
  'server/client/index.ts': `import type { Root } from '../trpc/root.ts';\nexport type Client = Root;\n`,
  'components/wallets/draft.ts': `import { walletView } from '../../server/wallets/contract.ts';\nexport const draft = walletView;\n`,
  'components/wallets/list.ts': `import { draft } from './draft.ts';\nimport type { Root } from '../../server/trpc/root.ts';\nexport const list: Root = draft;\n`,
  'app/page.ts': `import { list } from '../components/wallets/list.ts';\nexport const page = list;\n`,
  'app/_trpc/server.ts': `import { container } from '../../server/container.ts';\nexport const caller = container;\n`,
};

/** One breach of every rule: the rule, the file that commits it, and what it imports. */
const BREACHES: readonly (readonly [string, string, string])[] = [
  ['no-cycles', 'server/assets/one.ts', './two.ts'],
  ['every-import-resolves', 'server/assets/lost.ts', './nowhere.ts'],
  ['ui-reaches-server-only-by-type-or-contract', 'components/wallets/service.ts', '../../server/wallets/index.ts'],
  ['ui-reaches-server-only-by-type-or-contract', 'app/session-page.ts', '../server/database/session.ts'],
  ['ui-reaches-server-only-by-type-or-contract', 'app/env-page.ts', '../server/config/index.ts'],
  ['only-forms-carry-schemas', 'components/wallets/row.ts', '../../server/wallets/contract.ts'],
  ['components-never-import-app', 'components/shell/frame.ts', '../../app/page.ts'],
  ['server-never-imports-ui', 'server/operators/ui.ts', '../../components/wallets/list.ts'],
  ['contracts-are-pure', 'server/mining/contract.ts', '../database/session.ts'],
  ['contracts-are-pure', 'server/ledger/contract.ts', 'node:crypto'],
  ['kernel-imports-nothing', 'server/kernel/env.ts', '../config/index.ts'],
  ['kernel-imports-nothing', 'server/kernel/hash.ts', 'node:crypto'],
  ['config-imports-only-the-kernel', 'server/config/database.ts', '../database/session.ts'],
  ['domain-never-imports-delivery-or-adapters', 'server/wallets/adapter.ts', '../mblock/adapter.ts'],
  ['domain-never-imports-delivery-or-adapters', 'server/wallets/delivery.ts', '../trpc/root.ts'],
  ['domain-neighbours-only-through-index', 'server/withdrawals/deep.ts', '../wallets/wallet.entity.ts'],
  ['outside-enters-a-domain-by-its-index', 'server/jobs/deep.ts', '../wallets/wallet.entity.ts'],
  ['delivery-never-touches-the-orm', 'server/trpc/entity.ts', '../wallets/wallet.entity.ts'],
  ['delivery-never-touches-the-orm', 'server/trpc/session.ts', '../database/session.ts'],
  ['delivery-never-touches-the-orm', 'server/jobs/orm.ts', '@mikro-orm/postgresql'],
  ['delivery-never-calls-a-provider', 'server/jobs/provider.ts', '../hashdam/adapter.ts'],
  ['providers-do-not-know-each-other', 'server/hashdam/neighbour.ts', '../mblock/adapter.ts'],
  ['providers-know-ports-only', 'server/mblock/service.ts', '../wallets/index.ts'],
  ['provider-transport-imports-only-the-kernel', 'server/provider-transport/env.ts', '../config/index.ts'],
  ['client-imports-only-types-of-the-server', 'server/client/value.ts', '../trpc/root.ts'],
  ['no-simulators-in-production-code', 'server/mblock/fake.ts', '../simulators/mblock.ts'],
  ['nothing-imports-scripts', 'server/wallets/script.ts', '../../scripts/tool.ts'],
  ['production-uses-declared-packages', 'server/wallets/tool.ts', 'vitest'],
  ['production-uses-declared-packages', 'server/wallets/undeclared.ts', 'kysely'],
];

/** What the product stands on, and its edges: each has rules of its own, or is a door itself. */
const NO_DOMAINS = [
  ...['callbacks', 'client', 'config', 'database', 'hashdam', 'jobs', 'kernel', 'mblock', 'messengers'],
  ...['provider-transport', 'services', 'simulators', 'testing', 'trpc'],
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function tree(files: Readonly<Record<string, string>>): string {
  const folder = plantTree(files);
  folders.push(folder);
  return folder;
}

test('a clean tree passes, and the guard did look at it', async () => {
  const { moduleCount, violations } = await cruise(tree(CLEAN));
  expect(violations).toEqual([]);
  expect(moduleCount).toBeGreaterThanOrEqual(Object.keys(CLEAN).length);
});

test('every planted breach is caught by the rule meant for it', async () => {
  const planted = Object.fromEntries(BREACHES.map(([, path, target]) => [path, `import '${target}';\n`]));
  const extra = { 'server/assets/two.ts': `import './one.ts';\n`, 'scripts/tool.ts': 'export {};\n' };
  const { violations } = await cruise(tree({ ...CLEAN, ...planted, ...extra }));
  const caught = violations.map(({ rule, from }) => `${rule} in ${from}`);
  expect(caught).toEqual(expect.arrayContaining(BREACHES.map(([rule, path]) => `${rule} in ${path}`)));
});

const guard: { forbidden: { name: string; from: { path?: string } }[] } = createRequire(import.meta.url)(
  '../.dependency-cruiser.cjs',
);

test('no rule goes without a planted breach', () => {
  const names = guard.forbidden.map((rule) => rule.name);
  expect([...new Set(BREACHES.map(([rule]) => rule))].sort()).toEqual(names.sort());
});

test('each folder of the server is a domain behind its door, or one of those that are none', () => {
  const domain = guard.forbidden.find(({ name }) => name === 'domain-neighbours-only-through-index')?.from.path;
  const folders = globSync('server/*/', { cwd: projectFolder }).map((path) => path.split('/')[1] ?? '');
  const others = folders.filter((folder) => !new RegExp(domain ?? '').test(`server/${folder}/`));
  expect(others.sort()).toEqual(NO_DOMAINS);
});
