import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { EventLog } from '../event-log.ts';
import { COINS } from './coins.ts';
import { DAY_MS, dayOf, profitOf, startOf } from './daily-data.ts';
import type { PoolEvent, WithdrawRow } from './pool-events.ts';

const OPENED_DAYS_AGO = 30;
const ACCOUNT = 'treasury@platform.example';
const OPENING_CREDIT = '50000';
const OPENING_POWER = '8348.6';
const GONE: readonly string[] = ['failed', 'canceled'];

export interface CoinSums {
  readonly balance: Amount;
  readonly available: Amount;
  readonly locked: Amount;
}

/** The state of a simulated pool, derived from its events. Withdrawals settle by the clock alone. */
export class Pool {
  readonly #log: EventLog<PoolEvent>;
  readonly #clock: Clock;
  readonly #settleAfterMs: number;
  readonly #byType = new Map<PoolEvent['type'], PoolEvent[]>();
  readonly #settled = new Map<string, Extract<PoolEvent, { type: 'settled' }>[]>();

  constructor(deps: { log: EventLog<PoolEvent>; clock: Clock; settleAfterMs: number }) {
    this.#log = deps.log;
    this.#clock = deps.clock;
    this.#settleAfterMs = deps.settleAfterMs;
    for (const event of this.#log.events) this.#apply(event);
    this.open();
  }

  readonly account = ACCOUNT;

  get nowMs(): number {
    return this.#clock.now().getTime();
  }

  get openedDay(): string {
    return this.#of('opened')[0]?.day ?? dayOf(this.nowMs);
  }

  /** The first event of every pool. */
  open(): void {
    if (this.#log.events.length > 0) return;
    this.record({ type: 'opened', day: dayOf(this.nowMs - OPENED_DAYS_AGO * DAY_MS) });
  }

  reset(): void {
    this.#log.clear();
    this.#byType.clear();
    this.#settled.clear();
    this.open();
  }

  record(event: PoolEvent): void {
    this.#log.append(event);
    this.#apply(event);
  }

  nextNumber(): number {
    return this.#log.events.length;
  }

  /** Oldest first; of one coin, or of all. As they stand, or as they stood just before an instant. */
  withdrawals(wanted?: string, beforeMs?: number): readonly WithdrawRow[] {
    const isWanted = (coin: string) => wanted === undefined || coin === wanted;
    const withdrawn = this.#of('withdrawn').filter(({ coin }) => isWanted(coin));
    const own = withdrawn.map(({ withdrawId, coin, amount, fee, atMs }) =>
      this.#withStatus(
        { withdrawId, coin, amount, fee, address: ACCOUNT, type: 'interUser', status: '', createAt: atMs },
        beforeMs,
      ),
    );
    const added = this.#of('row_added').filter(({ row }) => isWanted(row.coin));
    const foreign = added.map(({ row }) => ({
      ...row,
      status: this.#forced(row.withdrawId, beforeMs)?.status ?? row.status,
    }));
    return [...own, ...foreign].sort((a, b) => (a.createAt ?? 0) - (b.createAt ?? 0));
  }

  statusOf(reference: string, atMs: number, beforeMs?: number): string {
    const settled = (beforeMs ?? this.nowMs + 1) > atMs + this.#settleAfterMs;
    return this.#forced(reference, beforeMs)?.status ?? (settled ? 'completed' : 'pending');
  }

  /** What the pool held at an instant: its stock, each closed day's yield, less what had left by then. */
  sumsAt(coin: string, cutMs: number): CoinSums {
    let held = Amount.fromDecimal(coin, COINS[coin]?.opening ?? '0');
    for (let day = startOf(this.openedDay); day + DAY_MS <= cutMs; day += DAY_MS) {
      if (COINS[coin]) held = held.plus(profitOf(coin, dayOf(day)).total);
    }
    for (const { coin: of, delta, atMs } of this.#of('adjusted')) {
      if (of === coin && atMs < cutMs) held = held.plus(Amount.fromDecimal(coin, delta));
    }
    let locked = Amount.zero(coin);
    for (const row of this.withdrawals(coin, cutMs)) {
      if ((row.createAt ?? 0) >= cutMs || GONE.includes(row.status)) continue;
      const taken = Amount.fromDecimal(coin, row.amount).plus(Amount.fromDecimal(coin, row.fee));
      if (row.status === 'completed') held = held.minus(taken);
      else locked = locked.plus(taken);
    }
    return { balance: held, available: held.minus(locked), locked };
  }

  credit(): Amount {
    let credit = Amount.fromDecimal('CREDIT', OPENING_CREDIT).minus(this.#swapped());
    for (const { chargeId, amount } of this.#of('charged')) {
      if (this.#forced(chargeId)?.status === 'completed') credit = credit.plus(Amount.fromDecimal('CREDIT', amount));
    }
    return credit;
  }

  /** A credit buys one unit of power here. */
  power(): Amount {
    return Amount.fromDecimal('CREDIT', OPENING_POWER).plus(this.#swapped());
  }

  swaps() {
    return this.#of('swapped').map(({ swapId, amount, atMs }) => ({
      swapId,
      amount,
      status: this.statusOf(swapId, atMs),
      createAt: atMs,
    }));
  }

  charges() {
    return this.#of('charged').map(({ chargeId, amount, from, atMs }) => ({
      chargeId,
      ...(from === null ? {} : { from }),
      amount,
      status: this.#forced(chargeId)?.status ?? 'pending',
      createAt: atMs,
    }));
  }

  #swapped(): Amount {
    return Amount.sum(
      'CREDIT',
      this.#of('swapped').map(({ amount }) => Amount.fromDecimal('CREDIT', amount)),
    );
  }

  #withStatus(row: WithdrawRow & { createAt: number }, beforeMs?: number): WithdrawRow & { createAt: number } {
    const status = this.statusOf(row.withdrawId, row.createAt, beforeMs);
    if (status === 'pending') return { ...row, status };
    return {
      ...row,
      status,
      updateAt: this.#forced(row.withdrawId, beforeMs)?.atMs ?? row.createAt + this.#settleAfterMs,
    };
  }

  #apply(event: PoolEvent): void {
    if (event.type === 'settled')
      this.#settled.set(event.reference, [...(this.#settled.get(event.reference) ?? []), event]);
    const same = this.#byType.get(event.type);
    if (same === undefined) this.#byType.set(event.type, [event]);
    else same.push(event);
  }

  #forced(reference: string, beforeMs = Number.POSITIVE_INFINITY) {
    return this.#settled.get(reference)?.findLast(({ atMs }) => atMs < beforeMs);
  }

  #of<Type extends PoolEvent['type']>(type: Type): Extract<PoolEvent, { type: Type }>[] {
    const events = this.#byType.get(type) ?? [];
    return events.filter((event): event is Extract<PoolEvent, { type: Type }> => event.type === type);
  }
}
