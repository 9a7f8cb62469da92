import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { aFundedWallet, sentMove } from '#server/testing/wallet-payouts.ts';
import { type Asked, approved, operatorOf, shown, submitted } from '#server/testing/withdrawals.ts';
import { type AttemptWords, derivedWord } from './attempt-log.ts';
import { WORDS as MINING_WORDS } from './mining-attempt-log.ts';
import { PayoutAttempt } from './payout-attempt.entity.ts';
import { ATTEMPT_STATUSES, WITHDRAWAL_KINDS, WITHDRAWAL_STATUSES, type WithdrawalKind } from './statuses.ts';
import { WORDS as WALLET_WORDS } from './wallet-attempt-log.ts';
import { Withdrawal } from './withdrawal.entity.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

/** A payment that the pool would not take just now: another try is due. */
async function retrying(): Promise<Asked> {
  const request = await approved(app);
  app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rate_limited' });
  await app.jobs.drain('payout.dispatch');
  expect((await shown(app, request)).status).toBe('retrying');
  return request;
}

/** What the log of the pool says of the attempts, the first one first. */
async function words({ id }: { id: string }): Promise<string[]> {
  const { caller } = await operatorOf(app);
  const { rows } = await caller.mining.withdrawals({ limit: 100 });
  const own = rows.filter(({ withdrawalId }) => withdrawalId === id);
  return own.sort((one, other) => one.attemptNo - other.attemptNo).map(({ status }) => status);
}

async function walletWords({ id: walletId }: { id: string }): Promise<string[]> {
  const { caller } = await operatorOf(app);
  return (await caller.wallets.transactions({ walletId, limit: 100 })).rows.map(({ status }) => status);
}

describe('the logs of the providers follow what becomes of an attempt', () => {
  test('"retrying" while another try is due, and "failed" once that try is made', async () => {
    const request = await retrying();
    expect(await words(request)).toEqual(['retrying']);
    await app.jobs.hurry('payout.dispatch');
    expect(await words(request)).toEqual(['failed', 'submitted']);
  });

  test('"failed" once the withdrawal is rejected, and no other try is made', async () => {
    const request = await retrying();
    const { caller } = await operatorOf(app, 'admin');
    await caller.withdrawals.reject({ id: request.id, reason: 'not any more' });
    expect(await words(request)).toEqual(['failed']);
  });

  test('what was paid after all is completed, and failed again when that is taken back', async () => {
    const request = await retrying();
    await app.sql('update payout_attempts set late_at = now() where withdrawal_id = ?', [request.id]);
    expect(await words(request)).toEqual(['completed']);
    await app.sql('update payout_attempts set taken_back_at = now() where withdrawal_id = ?', [request.id]);
    expect(await words(request)).toEqual(['failed']);
  });

  test('out of a wallet as well', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'rate_limited' });
    const move = await sentMove(app, wallet, { amount: '10' });
    expect(await walletWords(wallet)).toEqual(['retrying']);
    const { caller } = await operatorOf(app, 'admin');
    await caller.withdrawals.reject({ id: move.id, reason: 'not any more' });
    expect(await walletWords(wallet)).toEqual(['failed']);
  });
});

describe('nobody writes another word past the attempts', () => {
  test('into the log of the pool', async () => {
    const request = await submitted(app);
    await app.sql(`update mining_withdrawals set status = 'completed' where withdrawal_id = ?`, [request.id]);
    expect(await words(request)).toEqual(['submitted']);
  });

  test('into the transactions of a wallet', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    await sentMove(app, wallet, { amount: '10' });
    await app.sql(`update wallet_transactions set status = 'confirmed' where wallet_id = ?`, [wallet.id]);
    expect(await walletWords(wallet)).toEqual(['submitted']);
  });
});

/** Every state that an attempt, the last one of its withdrawal, can be in. */
function everyState() {
  const at = new Date('2026-03-01T12:00:00.000Z');
  const marks = [{}, { lateAt: at }, { lateAt: at, takenBackAt: at }, { takenBackAt: at }];
  return WITHDRAWAL_KINDS.flatMap((kind) =>
    ATTEMPT_STATUSES.flatMap((status) =>
      WITHDRAWAL_STATUSES.flatMap((of) => marks.map((mark) => ({ kind, status, of, ...mark }))),
    ),
  );
}

test('the database derives the same words as the console', async () => {
  const wordsOf: Readonly<Record<WithdrawalKind, AttemptWords<string>>> = {
    ...{ mining: MINING_WORDS, wallet_transfer: WALLET_WORDS, wallet_transit: WALLET_WORDS },
  };
  const states = everyState();
  const ours = states.map(({ of, ...state }) =>
    derivedWord(
      wordsOf[state.kind],
      Object.assign(new Withdrawal(), { status: of }),
      Object.assign(new PayoutAttempt(), state),
    ),
  );
  const theirs = await app.sql<{ word: string }>(
    `select attempt_word(jsonb_populate_record(null::payout_attempts, state), state->>'of', true) as word
     from jsonb_array_elements(?::jsonb) with ordinality each (state, no) order by no`,
    [
      JSON.stringify(
        states.map((state) => ({
          ...{ kind: state.kind, status: state.status, of: state.of },
          ...{ late_at: 'lateAt' in state ? state.lateAt : null },
          ...{ taken_back_at: 'takenBackAt' in state ? state.takenBackAt : null },
        })),
      ),
    ],
  );
  expect(theirs.map(({ word }) => word)).toEqual(ours);
});
