import {
  EVIDENCE_BODY_CHARS_MAX,
  type ProviderEvidence,
  type ProviderOutcome,
} from '#server/kernel/provider-outcome.ts';
import type { MiningPool, PoolWithdrawal, PoolWithdrawalOrder } from '#server/mining/pool.port.ts';

/** What the next payment comes to, and so what the pool's list shows of it. */
export type PoolAnswer = 'accepted' | 'again' | 'never' | 'when_funded' | 'lost_before' | 'lost_after';

const evidence: ProviderEvidence = {
  provider: 'hashdam',
  method: 'assetWithdrawRequest',
  startedAt: '2026-03-01T00:00:00.000Z',
  endedAt: '2026-03-01T00:00:00.000Z',
  bytesWritten: true,
  body: ''.slice(0, EVIDENCE_BODY_CHARS_MAX),
};

/** A pool without a network, for runs of thousands of steps. It answers as it is told and remembers what it did. */
export class ScriptedPool implements Pick<MiningPool, 'readProject' | 'requestWithdrawal' | 'readWithdrawals'> {
  next: PoolAnswer = 'accepted';
  readonly #rows: PoolWithdrawal[] = [];
  #names = 0;

  async readProject() {
    return { name: 'Scripted', account: 'treasury@platform.example' };
  }

  async requestWithdrawal({
    amount,
    beforeFirstByte,
  }: PoolWithdrawalOrder): Promise<ProviderOutcome<{ readonly reference: string }>> {
    beforeFirstByte?.();
    const { next } = this;
    if (next === 'again' || next === 'never' || next === 'when_funded') {
      return { kind: 'rejected', retry: next, reason: `scripted_${next}`, evidence };
    }
    if (next === 'lost_before') return { kind: 'unknown', reason: 'connection_lost', evidence };
    this.#names += 1;
    const reference = `S${this.#names}`;
    this.#rows.push({
      ...{ reference, asset: amount.asset, amount: amount.toString(), fee: '0.01', address: null, type: 'interUser' },
      ...{ status: 'moving', rawStatus: 'pending', message: null, createdAt: new Date().toISOString() },
    });
    return next === 'accepted'
      ? { kind: 'accepted', value: { reference }, evidence }
      : { kind: 'unknown', reason: 'connection_lost', evidence };
  }

  async readWithdrawals(): Promise<readonly PoolWithdrawal[]> {
    return this.#rows;
  }

  /** The newest payment of this amount comes to its end. */
  settle(amount: string, status: 'completed' | 'failed'): void {
    const at = this.#rows.findLastIndex((row) => row.amount === amount);
    const row = this.#rows[at];
    if (row) this.#rows[at] = { ...row, status, rawStatus: status };
  }

  /** How often it paid this amount, failed ones left out. */
  paid(amount: string): number {
    return this.#rows.filter((row) => row.amount === amount && row.status !== 'failed').length;
  }
}
