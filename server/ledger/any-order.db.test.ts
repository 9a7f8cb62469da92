import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { BNB, Bookings, type Movement } from '#server/testing/bookings.ts';
import { expectLedgerBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';
import { POSTING_KINDS } from './statuses.ts';

let app: TestApplication;
let books: Bookings;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  books = new Bookings(app);
});
afterAll(() => app.close());

/** A refusal on purpose, by the service or by the database; anything else is a fault of ours. */
const ON_PURPOSE =
  /holds .*, asked for|nothing was done, try again|needs what comes before|closes more than|to take back/;

type Kind = Movement['kind'];
const FAMILIES = ['member', 'wallet', 'company'] as const;
/** What usually follows, so that a walk gets somewhere; a wild step is anything at all. */
const NEXT: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  HOLD: ['DISPATCH', 'DISPATCH', 'RELEASE'],
  DISPATCH: ['SETTLE', 'RETURN', 'RETURN'],
  RETURN: ['LATE', 'LATE', 'RELEASE'],
  LATE: ['RELEASE', 'ADOPT', 'UNLATE'],
  ADOPT: ['UNLATE', 'HANDOVER'],
  SETTLE: ['HANDOVER', 'UNSETTLE'],
  HANDOVER: ['UNSETTLE', 'UNLATE'],
};
const OF_WALLETS = ['OBSERVE', 'SHORT', 'UNSHORT', 'GAS', 'GAS_TOPUP'] as const;
const KINDS = POSTING_KINDS.filter(
  (kind): kind is Kind => !['COLLECT', 'CREDIT', 'REVERSE', 'ADJUST', 'WRITEOFF', 'DEPOSIT'].includes(kind),
);

const aStep = fc.record({
  way: fc.constantFrom('usual', 'usual', 'usual', 'usual', 'wallet', 'wild'),
  pick: fc.nat({ max: 5 }),
  wild: fc.constantFrom(...KINDS),
  withdrawal: fc.nat({ max: FAMILIES.length - 1 }),
  amount: fc.constantFrom('1', '2.5', '0.000000000000000001'),
  fee: fc.constantFrom(undefined, '0.1'),
  feeMode: fc.constantFrom('on_top' as const, 'inside' as const),
  flags: fc.record({ handedOver: fc.boolean(), adopted: fc.boolean(), owedByPool: fc.boolean() }),
});
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

/** One member and one wallet with three withdrawals, and what each was last seen to do. */
class Walk {
  readonly memberId = aMember();
  readonly walletId = newId();
  readonly #incidentId: string;
  readonly #withdrawals = FAMILIES.map((family) => ({ family, id: newId(), last: undefined as Kind | undefined }));

  constructor(incidentId: string) {
    this.#incidentId = incidentId;
  }

  movement(step: Step): Movement {
    const { withdrawal, kind } = this.#chosen(step);
    const { amount, fee, feeMode, flags, way } = step;
    const ofWallet = withdrawal.family !== 'member' || OF_WALLETS.some((each) => each === kind);
    return {
      kind,
      amount: way === 'wild' ? amount : '1',
      ...(ofWallet ? { asset: BNB } : {}),
      ...(ofWallet && kind !== 'HANDOVER' ? { walletId: this.walletId } : {}),
      toCompany: withdrawal.family === 'company',
      ...(way === 'wild' ? flags : {}),
      feeMode,
      ...(fee ? { fee } : {}),
      withdrawalId: withdrawal.id,
      attemptId: withdrawal.id,
      incidentId: this.#incidentId,
    };
  }

  booked(step: Step): void {
    const { withdrawal, kind } = this.#chosen(step);
    if (NEXT[kind]) withdrawal.last = kind;
  }

  #chosen(step: Step) {
    const withdrawal = this.#withdrawals[step.withdrawal];
    if (!withdrawal) throw new RangeError('no such withdrawal');
    const usual = withdrawal.last ? (NEXT[withdrawal.last] ?? []) : (['HOLD'] as const);
    const choices = { usual, wallet: OF_WALLETS, wild: [step.wild] }[step.way] ?? [];
    return { withdrawal, kind: choices[step.pick % choices.length] ?? 'HOLD' };
  }
}

test('movements in any order, of both families, keep every rule of the books or are refused', async () => {
  const seen = new Set<string>();
  const walks = fc.array(aStep, { minLength: 20, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(walks, async (steps) => {
      const walk = new Walk(await books.incident());
      const { memberId, walletId } = walk;
      const { transactionId } = await books.credit(memberId, '10');
      await books.post(memberId, { kind: 'OBSERVE', walletId, amount: '10' });
      for (const step of steps) {
        const movement = walk.movement(step);
        try {
          await books.post(memberId, movement);
          walk.booked(step);
          seen.add(movement.kind);
        } catch (error) {
          expect(String(error)).toMatch(ON_PURPOSE);
        }
      }
      await books.reverse(transactionId, '10');
      await books.credit(memberId, '3');
      await expectLedgerBalanced(app);
    }),
    { numRuns: 25, seed: 20_261_124 },
  );
  expect([...seen].toSorted()).toEqual([...KINDS].toSorted());
}, 120_000);
