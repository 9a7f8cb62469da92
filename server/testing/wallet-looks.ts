import type { IncidentKind } from '#server/incidents/index.ts';
import type { TestApplication } from './application.ts';
import { type TestWallet, timePasses } from './wallet-payouts.ts';

/** One look at what the chain shows of a wallet. */
export async function observe(app: TestApplication, { id: walletId }: TestWallet): Promise<void> {
  await app.container.sessions.inTransaction(({ jobs }) => jobs.send('wallet.observe', { walletId }));
  await app.jobs.drain('wallet.observe');
}

/** Two looks with more than twenty seconds in between. */
export async function observedTwice(app: TestApplication, wallet: TestWallet): Promise<void> {
  await observe(app, wallet);
  await timePasses(app, 20);
  await observe(app, wallet);
}

/** The open incident of a kind about a wallet; empty when there is none. */
export async function openIncident(app: TestApplication, { id }: { id: string }, kind: IncidentKind): Promise<string> {
  const text = 'select id from incidents where wallet_id = ? and kind = ? and closed_at is null';
  return (await app.sql<{ id: string }>(text, [id, kind]))[0]?.id ?? '';
}

/** What the company and the suspense account have of a wallet's asset by its movements, by account. */
export async function companySide(app: TestApplication, { id }: { id: string }): Promise<Record<string, string>> {
  const rows = await app.sql<{ code: string; amount: string }>(
    `select e.code, trim_scale(sum(e.amount))::text as amount from ledger_entries e
       join ledger_transactions t on t.id = e.transaction_id
     where t.wallet_id = ? and e.asset <> 'BSC:BNB'
       and (e.code in ('company', 'loss', 'suspense:mblock') or e.code like 'receivable%' or e.code like 'user:%:payable')
     group by e.code having sum(e.amount) <> 0 order by e.code`,
    [id],
  );
  return Object.fromEntries(rows.map(({ code, amount }) => [code.replace(/user:.+:/, ''), amount]));
}
