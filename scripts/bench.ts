import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { toBase32 } from '#server/operators/second-factor/base32.ts';
import { runBench } from './bench/run.ts';
import { newPasskey } from './local/secrets.ts';
import { orEnd } from './local/stack.ts';
import { refuse } from './processes/refuse.ts';
import { closeAll } from './processes/shutdown.ts';

// `npm run bench [-- --rows 1000000 --rounds 5 --slice 2 --soak 60 --starts 5 --payouts 2000]`: the product beside a bare Next route on
// the same Postgres, in one run. See docs/BENCH.md.

function options() {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: { rows: text, rounds: text, slice: text, soak: text, starts: text, payouts: text },
    });
    return values;
  } catch {
    refuse(
      'usage: npm run bench -- [--rows N] [--rounds N] [--slice seconds] [--soak seconds] [--starts N] [--payouts N]',
    );
  }
}

const given = options();
const number = (value: string | undefined, otherwise: number): number => {
  const read = Number(value ?? otherwise);
  return Number.isFinite(read) && read >= 0 ? read : refuse(`not a number: ${value}`);
};

const secret = (bytes: number) => randomBytes(bytes).toString('hex');

await orEnd(async () => {
  const isFit = await runBench({
    rows: Math.max(5_000, number(given.rows, 1_000_000)),
    rounds: Math.max(1, number(given.rounds, 5)),
    sliceMs: number(given.slice, 2) * 1000,
    soakSeconds: number(given.soak, 60),
    starts: number(given.starts, 5),
    payouts: number(given.payouts, 2_000),
    secrets: {
      AUTH_SECRET: secret(32),
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      HASHDAM_API_KEY: secret(24),
      MBLOCK_API_KEY: secret(24),
      AUDIT_SIGNING_KEYS: randomBytes(32).toString('base64'),
      DEMO_PASSWORD: secret(24),
      DEMO_TOTP_KEY: toBase32(randomBytes(20)),
      LOCAL_PASSKEY: newPasskey(),
    },
  });
  await closeAll();
  process.exitCode = isFit ? 0 : 1;
});
