import { vi } from 'vitest';
import { answerTransitCallback } from '#server/callbacks/transit-callback.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from './application.ts';
import { type CallbackDoor, callbackDoor } from './callback-door.ts';
import { type MoveWish, sentMove, type TestWallet, timePasses } from './wallet-payouts.ts';
import type { Asked } from './withdrawals.ts';

/** An application whose door for callbacks stands open, and what the provider does behind it. */
export interface TransitBench {
  readonly app: TestApplication;
  readonly door: CallbackDoor;
  close(): Promise<void>;
}

export async function transitBench(environment: Readonly<Record<string, string>> = {}): Promise<TransitBench> {
  const door = await callbackDoor();
  const app = await testApplication({ environment: { APP_URL: door.url, ...environment } });
  door.open(app.container);
  const close = async () => {
    await app.close();
    await door.close();
  };
  return { app, door, close };
}

/** What was reported and what is due is looked at now. */
export const look = ({ app }: TransitBench) => app.jobs.hurry('payout.look-up', 'callback.process');

/** Two looks with more than ten seconds in between. */
export async function seenTwice(bench: TransitBench): Promise<void> {
  await look(bench);
  await timePasses(bench.app, 10);
  await look(bench);
}

export interface Transit extends Asked {
  /** The end of the way that its result is posted to. */
  readonly secret: string;
}

/** A transit that the provider took and has not carried out. */
export async function inTransit({ app }: TransitBench, wallet: TestWallet, wish: MoveWish = {}): Promise<Transit> {
  const transit = vi.spyOn(app.container.shared.walletProvider, 'transit');
  const move = await sentMove(app, wallet, { kind: 'transit', amount: '10', ...wish });
  const url = transit.mock.lastCall?.[0].callbackUrl.reveal() ?? '';
  transit.mockRestore();
  return { ...move, secret: url.slice(url.lastIndexOf('/') + 1) };
}

/** The provider carries out what it took, and its callback has been answered. */
export async function carriedOut({ app, door }: TransitBench): Promise<void> {
  const until = door.untilAnswered(door.answered + 1);
  app.mblock.control.settle();
  await until;
}

/** A transit that provably did not run, by its callback and by balances that did not change: its money is free again. */
export async function refusedTransit(bench: TransitBench, wallet: TestWallet, wish: MoveWish = {}): Promise<Transit> {
  const move = await inTransit(bench, wallet, wish);
  await report(bench, move.secret, { result: false, token: await tokenOf(bench, move), message: 'Not enough balance' });
  for (let minute = 0; minute < 3; minute += 1) {
    await look(bench);
    await timePasses(bench.app, 60);
  }
  return move;
}

export const posted = ({ app }: TransitBench, secret: string, body: BodyInit): Promise<Response> =>
  answerTransitCallback(app.container, new Request(`http://x/${secret}`, { method: 'POST', body }), secret);

export const report = (bench: TransitBench, secret: string, body: object): Promise<Response> =>
  posted(bench, secret, JSON.stringify(body));

export async function tokenOf({ app }: TransitBench, { id }: { id: string }): Promise<string> {
  const [row] = await app.sql<{ token: string }>('select token from payout_attempts where withdrawal_id = ?', [id]);
  return row?.token ?? '';
}

/** A transaction hash that no chain knows. */
export const aHash = (): string => `0x${newId().replaceAll('-', '').repeat(2)}`;

export async function incidentsOf({ app }: TransitBench, { id }: { id: string }): Promise<string[]> {
  const text = 'select kind from incidents where withdrawal_id = ? order by kind';
  return (await app.sql<{ kind: string }>(text, [id])).map(({ kind }) => kind);
}

/** How many different bodies were kept for a withdrawal. */
export async function keptCallbacks({ app }: TransitBench, { id }: { id: string }): Promise<number> {
  const text = `select 1 from wallet_callbacks c join payout_attempts a on a.id = c.attempt_id where a.withdrawal_id = ?`;
  return (await app.sql(text, [id])).length;
}

/** How often the chain moved this amount of tokens. */
export const tokensMoved = ({ app }: TransitBench, amount: string): number =>
  app.mblock.journal().filter((each) => each.step === 'executed' && each.amount === amount).length;
