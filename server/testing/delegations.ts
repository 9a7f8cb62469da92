import type { Signed, TestApplication } from './application.ts';
import { operatorOf } from './withdrawals.ts';

export const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** What nobody can do to a delegation but time. */
export const shifted = (app: TestApplication, id: string, by: string) =>
  app.sql(`set session_replication_role = replica;
    update approval_delegations set created_at = created_at + interval '${by}', starts_at = starts_at + interval '${by}',
      ends_at = ends_at + interval '${by}' where id = '${id}';
    set session_replication_role = origin`);

export const handedOn = async (from: Signed, to: Signed): Promise<string> =>
  (await from.caller.delegations.create({ delegateId: to.id, until: hoursFromNow(24), reason: 'on leave' })).id;

/** Nobody stands in for anybody any more. */
export async function nobodyStandsIn(app: TestApplication): Promise<void> {
  const { caller } = await operatorOf(app, 'admin', 'who tidies up');
  const { rows } = await caller.delegations.current({});
  for (const { id } of rows) await caller.delegations.end({ id });
}
