import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { TransitReport, WalletProvider } from '#server/wallets/index.ts';
import { callbackHashOf } from './payout-fence.ts';

/** More different reports of one transit are nobody's honest doing. */
const CALLBACKS_MAX = 50;
/** 32 random bytes, as the fence writes them. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** What was posted to a transit's address. */
export interface PostedCallback {
  readonly body: Uint8Array;
  readonly contentType: string | null;
  readonly ip: string | null;
}

export interface ReceivedReport extends TransitReport {
  readonly receivedAt: Date;
}

/** What came about one transit. */
export interface ReceivedReports {
  /** In the order they came. */
  readonly reports: readonly ReceivedReport[];
  /** Something else came as well, which cannot be read: it says nothing that could be believed, or left out. */
  readonly unreadable: boolean;
}

/** Takes what the provider posts about a transit: kept as it came, evaluated later by a job of the same commit. */
export class TransitCallbacks {
  readonly #em: EntityManager;
  readonly #provider: Pick<WalletProvider, 'readTransitReport'>;
  readonly #jobs: JobQueue;

  constructor(deps: { em: EntityManager; provider: Pick<WalletProvider, 'readTransitReport'>; jobs: JobQueue }) {
    this.#em = deps.em;
    this.#provider = deps.provider;
    this.#jobs = deps.jobs;
  }

  /** Whose callback address this is, found by the secret's hash; null for nobody's. */
  async attemptOf(secret: string): Promise<string | null> {
    if (!SECRET.test(secret)) return null;
    const text = 'select id from payout_attempts where callback_hash = ?';
    const [attempt] = await sql<{ id: string }>(this.#em, text, [callbackHashOf(new Secret(secret))]);
    return attempt?.id ?? null;
  }

  /** The same body again changes nothing. `full`: so many different ones that no more are kept. */
  async keep(attemptId: string, { body, contentType, ip }: PostedCallback): Promise<'kept' | 'known' | 'full'> {
    const hash = createHash('sha256').update(body).digest('hex');
    const [kept] = await sql<{ id: string }>(
      this.#em,
      `insert into wallet_callbacks (id, attempt_id, body, body_hash, content_type, ip, received_at)
       select ?, ?, ?, ?, ?, ?, clock_timestamp()
       where (select count(*) from wallet_callbacks where attempt_id = ?) < ${CALLBACKS_MAX}
       on conflict (attempt_id, body_hash) do nothing returning id`,
      [newId(), attemptId, Buffer.from(body), hash, contentType?.slice(0, 200) ?? null, ip, attemptId],
    );
    if (kept) {
      await this.#jobs.send('callback.process', { attemptId });
      return 'kept';
    }
    const same = 'select 1 from wallet_callbacks where attempt_id = ? and body_hash = ?';
    return (await sql(this.#em, same, [attemptId, hash])).length > 0 ? 'known' : 'full';
  }

  async reportsOf(attemptId: string): Promise<ReceivedReports> {
    const rows = await sql<{ body: Buffer; received_at: Date | string }>(
      this.#em,
      'select body, received_at from wallet_callbacks where attempt_id = ? order by received_at, id',
      [attemptId],
    );
    const reports = rows.flatMap(({ body, received_at }) => {
      const report = this.#provider.readTransitReport(body.toString('utf8'));
      return report ? [{ ...report, receivedAt: new Date(received_at) }] : [];
    });
    return { reports, unreadable: reports.length < rows.length };
  }
}
