import { Migration } from '@mikro-orm/migrations';
import { PGBOSS_SCHEMA_46 } from './pgboss-schema-46.ts';

const QUEUES = [
  'payout.dispatch',
  'payout.look-up',
  'payout.recover',
  'withdrawal.expire',
  'mining.collect',
  'ledger.fold',
];

/** pg-boss's tables, and the queues that `server/jobs/queues.ts` names. */
export class Migration20261101000700_create_job_queue extends Migration {
  override up(): void {
    this.addSql(PGBOSS_SCHEMA_46);
    for (const queue of QUEUES) {
      this.addSql(
        `select pgboss.create_queue('${queue}', '${JSON.stringify({
          policy: 'standard',
          retryLimit: 20,
          retryDelay: 2,
          retryBackoff: true,
          retryDelayMax: 60,
          expireInSeconds: 300,
          heartbeatSeconds: 20,
          deleteAfterSeconds: 604_800,
          retentionSeconds: 1_209_600,
        })}'::jsonb)`,
      );
    }
  }

  override down(): void {
    this.addSql('drop schema pgboss cascade');
  }
}
