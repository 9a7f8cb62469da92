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
/** The same inside a text, also behind a slash that is spelled as a URL or as JSON may spell it. */
const IN_AN_ADDRESS = /(?<![A-Za-z0-9_-])(2f|u002f)?([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/gi;

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

/** One body as it was kept. */
export interface KeptCallback {
  readonly id: string;
  readonly receivedAt: Date;
  readonly body: Buffer;
  /** Null when it is no report. */
  readonly report: ReceivedReport | null;
}

type Reports = Pick<WalletProvider, 'readTransitReport' | 'showTransitReport'>;

/** Takes what the provider posts about a transit: kept as it came, evaluated later by a job of the same commit. */
export class TransitCallbacks {
  readonly #em: EntityManager;
  readonly #provider: Reports;
  readonly #jobs: JobQueue;

  constructor(deps: { em: EntityManager; provider: Reports; jobs: JobQueue }) {
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
    const kept = await this.keptOf(attemptId);
    const reports = kept.flatMap(({ report }) => report ?? []);
    return { reports, unreadable: reports.length < kept.length };
  }

  /** In the order they came. */
  async keptOf(attemptId: string): Promise<KeptCallback[]> {
    const rows = await sql<{ id: string; body: Buffer; received_at: Date | string }>(
      this.#em,
      'select id, body, received_at from wallet_callbacks where attempt_id = ? order by received_at, id',
      [attemptId],
    );
    return rows.map(({ id, body, received_at }) => {
      const receivedAt = new Date(received_at);
      const report = this.#provider.readTransitReport(body.toString('utf8'));
      return { id, body, receivedAt, report: report && { ...report, receivedAt } };
    });
  }

  /** A body for people, also where it names the address that it was posted to: whoever knows that may post to it. */
  textOf({ body }: KeptCallback, callbackHash: string | null): string {
    const text = body.toString('utf8').replace(IN_AN_ADDRESS, (whole, before: string | undefined, word: string) => {
      const secret = new Secret(word);
      return callbackHashOf(secret) === callbackHash ? `${before ?? ''}${secret}` : whole;
    });
    return this.#provider.showTransitReport(text);
  }
}
