import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { PoolWithdrawal } from '#server/mining/index.ts';
import type { PayoutAttempt } from '#server/withdrawals/index.ts';
import { bindingOf } from './auto-bind.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-03-01T12:00:00.000Z');

const step = fc.record({
  what: fc.constantFrom('paid', 'ran', 'ran', 'lost', 'lost', 'refused', 'foreign', 'registered', 'given_up'),
  amount: fc.constantFrom('1', '1', '2'),
  gapMs: fc.constantFrom(1, 1_000, 20_000, MINUTE, 4 * MINUTE),
  /** A row is listed some time after it was made. */
  listedAfterMs: fc.constantFrom(0, 0, 30_000, 5 * MINUTE),
  reusesName: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
  timeInSeconds: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
  listUnread: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
});
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never;

interface Listed {
  readonly row: PoolWithdrawal;
  readonly listedAtMs: number;
}

interface Made {
  readonly amount: string;
  readonly attempt: PayoutAttempt;
  /** What its call made at the pool, whoever was told. */
  readonly own: Listed | null;
  readonly oldRows: ReadonlySet<PoolWithdrawal>;
  name: string | null;
  closed: boolean;
}

/** A pool and a console, played step by step; the pool knows whose each row is. */
class Story {
  readonly #listed: Listed[] = [];
  readonly #made: Made[] = [];
  readonly #registered = new Set<PoolWithdrawal>();
  #now = START;
  /** Opened by a reply that names a payment by a name that is used. */
  #incident = false;
  bound = 0;

  play(each: Step, index: number): void {
    this.#now += each.gapMs;
    if (each.what === 'given_up') this.#giveUp(each.amount);
    else if (each.what === 'foreign' || each.what === 'registered') {
      const { row } = this.#list(each, `F${index}`);
      if (each.what === 'registered') this.#registered.add(row);
    } else this.#pay(each, index);
    this.#look();
  }

  #pay(each: Step, index: number): void {
    // The index on the table: one nameless payment of an amount at a time.
    if (this.#made.some(({ amount, name, closed }) => amount === each.amount && !name && !closed)) return;
    const seen = this.#visible().filter((row) => row.amount === each.amount);
    const attempt = anAttempt({ atMs: this.#now, amount: each.amount, seen: each.listUnread ? null : seen });
    const name = each.reusesName ? `W${index - 1}` : `W${index}`;
    const own = each.what === 'paid' || each.what === 'ran' ? this.#list(each, name) : null;
    if (each.what === 'refused') return;
    const used = this.#made.some((other) => other.amount === each.amount && other.name === name);
    this.#incident ||= used && each.what === 'paid';
    const told = each.what === 'paid' && !used ? name : null;
    this.#made.push({ ...each, attempt, own, oldRows: new Set(seen), name: told, closed: false });
  }

  /** People close what nobody can find, so that others of the amount can be paid. */
  #giveUp(amount: string): void {
    for (const made of this.#made) if (made.amount === amount && !made.name) made.closed = true;
  }

  #look(): void {
    for (const made of this.#made.filter(({ name, closed }) => !name && !closed)) {
      const others = this.#made.filter((other) => other !== made);
      const { row } = bindingOf(made.attempt, aRead(this.#visible()), {
        named: new Set(others.flatMap(({ name }) => name ?? [])),
        claimed: new Set([...this.#registered].map(({ reference }) => reference)),
        isTaken: true,
        typical: { types: new Set(), addresses: new Set() },
        otherUnbound: others.some((other) => other.amount === made.amount && !other.name),
        openIncident: this.#incident,
      });
      if (!row) continue;
      this.#judge(made, row);
      made.name = row.reference;
      this.bound += 1;
    }
  }

  /**
   * A row that no call of ours made may be mislabelled while its own is not listed, or hides behind a name that was used
   * before; nothing else may be.
   */
  #judge(made: Made, row: PoolWithdrawal): void {
    const owner = this.#made.find(({ own }) => own?.row === row);
    expect(owner === undefined || owner === made, 'the row of another attempt').toBe(true);
    const own = made.own?.row.reference;
    const isUsed = this.#made.some((other) => other !== made && other.name === own) || this.#isOld(made, own);
    const isListed = made.own !== null && made.own.listedAtMs <= this.#now && !isUsed;
    expect(!isListed || made.own?.row === row, 'another row than its own, which is listed').toBe(true);
    expect(this.#registered.has(row), 'a row that people have registered').toBe(false);
    expect(made.oldRows.has(row), 'a row that was there before').toBe(false);
  }

  #isOld = (made: Made, name: string | undefined): boolean =>
    [...made.oldRows, ...this.#registered].some(({ reference }) => reference === name);

  #list({ amount, listedAfterMs, timeInSeconds }: Step, reference: string): Listed {
    const createdAt = timeInSeconds ? null : new Date(this.#now).toISOString();
    const facts = { reference, asset: 'LTC', amount, fee: '0', address: null, type: 'interUser' };
    const row = { ...facts, status: 'completed', rawStatus: 'completed', message: null, createdAt } as const;
    const listed = { row, listedAtMs: this.#now + listedAfterMs };
    this.#listed.push(listed);
    return listed;
  }

  #visible(): PoolWithdrawal[] {
    return this.#listed.filter(({ listedAtMs }) => listedAtMs <= this.#now).map(({ row }) => row);
  }
}

function anAttempt({ atMs, amount, seen }: { atMs: number; amount: string; seen: PoolWithdrawal[] | null }) {
  const before = seen && {
    ...{ readId: newId(), readAt: new Date(atMs).toISOString() },
    references: seen.map(({ reference }) => reference),
    newest:
      seen
        .flatMap(({ createdAt }) => createdAt ?? [])
        .toSorted()
        .at(-1) ?? null,
  };
  const facts = { asset: 'LTC', amount, before, fencedAt: new Date(atMs) };
  const verbs = { money: () => Amount.fromDecimal('LTC', amount), replyDueAt: () => new Date(atMs + 40_000) };
  return { ...facts, ...verbs } as unknown as PayoutAttempt;
}

const aRead = (rows: readonly PoolWithdrawal[]) => ({
  ...{ id: newId(), asset: 'LTC', fromDay: '2026-02-28', toDay: '2026-03-02', sha256: '0'.repeat(64) },
  ...{ startedAt: new Date(START), endedAt: new Date(START), clockOffsetMs: 0, rows },
});

test('whatever the pool lists and whenever, no attempt is ever given the row of another one', () => {
  let bound = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 16 }), (steps) => {
      const story = new Story();
      for (const [index, each] of steps.entries()) story.play(each, index);
      bound += story.bound;
    }),
    { numRuns: 4_000, seed: 20_260_301 },
  );
  expect(bound).toBeGreaterThan(1_000);
});
