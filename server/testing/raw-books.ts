import pg from 'pg';
import { newId } from '#server/kernel/ids.ts';
import type { TestApplication } from './application.ts';

export type Statement = readonly [text: string, values?: readonly unknown[]];

/** The books as somebody with `psql` and the application's own rights can write them. */
export class RawBooks {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(app: TestApplication): Promise<RawBooks> {
    const client = new pg.Client({ connectionString: app.container.config.databaseUrl.reveal() });
    await client.connect();
    return new RawBooks(client);
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  /** One transaction of raw SQL. */
  async committed(...statements: readonly Statement[]): Promise<void> {
    await this.#client.query('begin');
    try {
      for (const [text, values = []] of statements) await this.#client.query(text, [...values]);
      await this.#client.query('commit');
    } catch (error) {
      await this.#client.query('rollback');
      throw error;
    }
  }
}

/** A transaction of the books; `columns` are as the table names them. */
export function movement(id: string, columns: Readonly<Record<string, unknown>> = {}): Statement {
  const row: Record<string, unknown> = {
    id,
    kind: 'COLLECT',
    asset: 'LTC',
    revision: 1,
    source: 'raw',
    reference: newId(),
    actor_type: 'system',
    actor_id: 'raw',
    posted_at: new Date(),
    effective_at: new Date(),
    ...columns,
  };
  const names = Object.keys(row);
  const places = names.map((_name, index) => `$${index + 1}`);
  return [`insert into ledger_transactions (${names.join(', ')}) values (${places.join(', ')})`, Object.values(row)];
}

/** `amount` is of LTC, or says of what. */
export function leg(transaction: string, code: string, amount: string): Statement {
  const [units, asset = 'LTC'] = amount.split(' ');
  return [
    'insert into ledger_entries (id, transaction_id, code, asset, amount) values ($1, $2, $3, $4, $5)',
    [newId(), transaction, code, asset, units],
  ];
}

/** A whole movement of one coin from the pool to the company, whatever its kind says it is. */
export function moved(columns: Readonly<Record<string, unknown>> = {}): Statement[] {
  const id = newId();
  return [
    companyAccount('company'),
    companyAccount('pool:hashdam'),
    movement(id, columns),
    leg(id, 'company', '1'),
    leg(id, 'pool:hashdam', '-1'),
  ];
}

export const companyAccount = (code: string, asset = 'LTC'): Statement => [
  'insert into ledger_accounts (code, asset, bucket) values ($1, $2, $1) on conflict do nothing',
  [code, asset],
];

export const memberAccount = (memberId: string, bucket: string, asset = 'LTC'): Statement => [
  `insert into ledger_accounts (code, asset, bucket, member_id)
   values ('user:' || $1::text || ':' || $2::text, $3, $2::text, $1::text) on conflict do nothing`,
  [memberId, bucket, asset],
];

export const walletAccount = (walletId: string, bucket: string, asset = 'BSC:BNB'): Statement => [
  `insert into ledger_accounts (code, asset, bucket, wallet_id)
   values ('wallet:' || $1::text || ':' || $2::text, $3, 'wallet:' || $2::text, $1::uuid) on conflict do nothing`,
  [walletId, bucket, asset],
];
