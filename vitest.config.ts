import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const everywhere = ['server', 'components', 'app', 'scripts', 'migrations', 'e2e'];
const ending = (suffix: string) => everywhere.map((folder) => `${folder}/**/*${suffix}`);

const MONEY = [
  ...['ledger', 'withdrawals', 'resolution', 'incidents', 'reconciliation', 'mining', 'wallets', 'policies', 'risk'],
  ...['dual-control', 'hashdam', 'mblock', 'provider-transport'],
];

// Suffixes tell the cost: `.test.ts` is pure, `.db.test.ts` gets a Postgres database of its own, `.process.test.ts`
// starts programs.
export default defineConfig({
  test: {
    pool: 'forks',
    restoreMocks: true,
    // Reading all modules anew for each file took a fifth of the time. What a file needs for itself is its database.
    isolate: false,
    // Left to itself it keeps one core free, which half of a small machine is.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Where money is decided, booked and sent; measured by `npm run prove -- --row 40`.
    coverage: {
      provider: 'v8',
      include: MONEY.map((folder) => `server/${folder}/**/*.ts`),
      exclude: ['**/*.test.ts', '**/*.model.ts'],
      reporter: ['json-summary'],
      reportsDirectory: '.data/coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: [...ending('.test.ts'), ...ending('.test.tsx')],
          exclude: [...ending('.db.test.ts'), ...ending('.process.test.ts')],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ending('.db.test.ts'),
          globalSetup: './server/testing/database-global-setup.ts',
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ending('.process.test.ts'),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
