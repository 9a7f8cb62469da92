import type { Pool } from 'pg';
import { expect, test, vi } from 'vitest';
import type { SessionCookie } from './session-cookie.ts';
import { SessionReader } from './session-reader.ts';

const FOUND = {
  ...{ session_id: 's', id: 'o', role: 'finance', name: 'Kim', email: 'kim@example.test' },
  ...{ is_stale: true, second_factor: 'passed', counts_from: null },
};

test('a database that goes away while it is written that somebody is there is busy, and no incident', async () => {
  const gone = new Error('Connection terminated unexpectedly');
  const query = vi
    .fn()
    .mockResolvedValueOnce({ rows: [FOUND] })
    .mockRejectedValueOnce(gone);
  const reader = new SessionReader({
    pool: { query } as unknown as Pool,
    cookie: { tokenIn: () => 'token' } as unknown as SessionCookie,
    limits: { idleMinutes: 15 } as ConstructorParameters<typeof SessionReader>[0]['limits'],
  });
  await expect(reader.read('a cookie', { acting: true })).rejects.toMatchObject({ code: 'system.busy' });
});
