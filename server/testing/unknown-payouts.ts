import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import type { PoolWithdrawal } from '#server/mining/index.ts';
import type { FaultOrder, WithdrawRow } from '#server/simulators/index.ts';
import type { TestApplication } from './application.ts';
import { type Asked, approved, fenced, type Wish } from './withdrawals.ts';

const METHOD = 'assetWithdrawRequest';

/** Approved and sent, and the answer proves nothing; by default it ran and the connection ended. */
export async function unknownPayout(
  app: TestApplication,
  wish: Wish = {},
  fault: FaultOrder = { fault: 'drop_after' },
): Promise<Asked> {
  const request = await approved(app, wish);
  app.hashdam.control.fault({ method: METHOD, ...fault });
  await app.jobs.drain('payout.dispatch');
  return request;
}

/** Fenced, then the sender is lost: nothing was sent, nothing is known. */
export async function lostPayout(app: TestApplication, wish: Wish = {}): Promise<Asked> {
  const request = await approved(app, wish);
  await fenced(app, request);
  await leaseIsLost(app, request);
  return request;
}

export async function leaseIsLost(app: TestApplication, { id }: { id: string }): Promise<void> {
  await app.sql('update payout_attempts set lease_until = now() where withdrawal_id = ?', [id]);
  await app.jobs.hurry('payout.recover');
}

/** A row that the pool lists and that no call of ours made. */
export function listed(app: TestApplication, row: Partial<WithdrawRow> & Pick<WithdrawRow, 'coin' | 'amount'>): string {
  const withdrawId = row.withdrawId ?? `F${newId()}`;
  app.hashdam.control.addHistoryRow({
    ...{ fee: '0', address: null, type: 'interUser', status: 'completed', createAt: Date.now() },
    ...row,
    withdrawId,
  });
  return withdrawId;
}

/** The next look at everything, once. */
export const look = (app: TestApplication): Promise<number> => app.jobs.hurry('payout.look-up');

/** Two people say of every row without an owner what it is: it is out of the way, and the coin binds again. */
export async function explainAll(app: TestApplication, how: 'registered' | 'explained' = 'explained'): Promise<void> {
  await app.container.sessions.inTransaction(async ({ incidents, poolRowClaims }) => {
    for (const incident of await incidents.findOpen({ kind: 'unexplained_payout' })) {
      await poolRowClaims.claim(incident.detail as unknown as PoolWithdrawal, { how }, WORKER);
      incidents.close(incident, { resolution: how, note: 'seen by two people' }, WORKER);
    }
  });
}

export const openIncidents = (app: TestApplication, asset: string) =>
  app.sql<{ kind: string; subject: string; withdrawal_id: string | null }>(
    'select kind, subject, withdrawal_id from incidents where asset = ? and closed_at is null order by opened_at',
    [asset],
  );

/** Why the newest look bound no row; null when it bound one. */
export async function whyUnbound(app: TestApplication, { id }: { id: string }): Promise<string | null | undefined> {
  const [evidence] = await app.sql<{ why: string | null }>(
    `select body->>'why' as why from payout_evidence e join payout_attempts a on a.id = e.attempt_id
     where a.withdrawal_id = ? and e.kind = 'history' and body->'complete' = 'true'::jsonb order by e.id desc limit 1`,
    [id],
  );
  return evidence?.why;
}
/** The coin's list is read and compared with the books; `whole` reads the thirty days. */
export async function sweep(app: TestApplication, asset: string, { whole = false } = {}): Promise<void> {
  if (whole) await app.sql('update pool_watches set read_whole_at = null where asset = ?', [asset]);
  await app.container.sessions.inTransaction(({ jobs }) => jobs.send('pool.sweep', { asset }));
  await app.jobs.drain('pool.sweep');
}
