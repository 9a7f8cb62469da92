import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { SystemService } from '#server/system/index.ts';
import type { ChainReceipt, WalletService } from '#server/wallets/index.ts';
import type { PayoutTurn } from './payout.service.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import {
  LATE_LOOK_EVERY_MS,
  LATE_LOOKS_FOR_MS,
  lookDelayMs,
  PROOFS_APART_MS,
  VANISHED_FOR_MS,
} from './payout-policy.ts';
import type { ReceivedReport, TransitCallbacks } from './transit-callbacks.ts';
import type { UnresolvedPayouts } from './unresolved-payouts.ts';
import type { WalletBalances } from './wallet-balances.ts';
import type { WalletClosing } from './wallet-closing.ts';
import { isOwn, judge, mismatchedNames, saysNothingRan } from './wallet-judgement.ts';
import { BNB, fits } from './wallet-proof.ts';
import { evidenceOf, type Sight, type WalletReading } from './wallet-reading.ts';

/** Asks the chain what became of a payout out of a wallet, and believes what it has seen twice. */
export class WalletLookUp {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #callbacks: TransitCallbacks;
  readonly #wallets: WalletService;
  readonly #closing: WalletClosing;
  readonly #system: SystemService;
  readonly #unresolved: UnresolvedPayouts;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    callbacks: TransitCallbacks;
    wallets: WalletService;
    closing: WalletClosing;
    system: SystemService;
    unresolved: UnresolvedPayouts;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#callbacks = deps.callbacks;
    this.#wallets = deps.wallets;
    this.#closing = deps.closing;
    this.#system = deps.system;
    this.#unresolved = deps.unresolved;
  }

  /** Outside any transaction: what there is to see now. Null for a payout that is not a wallet's. */
  async read(attemptId: string): Promise<WalletReading | null> {
    const attempt = await this.#payoutAttempts.findAttempt(attemptId);
    if (!attempt?.walletId) return null;
    const begunAt = await this.#payoutAttempts.databaseNow();
    const { address } = await this.#wallets.get(attempt.walletId);
    const receipts = new Map<string, ChainReceipt | null>();
    const { reports } = isPaid(attempt) ? { reports: [] } : await this.#callbacks.reportsOf(attempt.id);
    const names = namesIn(attempt, reports);
    if (attempt.asset !== BNB) {
      for (const txid of names) {
        const receipt = await readable(this.#wallets.receipt({ txid, asset: attempt.asset }));
        if (receipt !== undefined) receipts.set(txid, receipt);
      }
    }
    // Where nothing is known of it, what the wallet holds is all that people can decide by.
    const wanted =
      attempt.status === 'unknown' ||
      (begunAt >= attempt.deadlineAt && !isPaid(attempt)) ||
      (!isPaid(attempt) && (attempt.asset === BNB ? names.length > 0 : [...receipts.values()].some(Boolean))) ||
      reports.some((report) => saysNothingRan(report, attempt));
    return { begunAt, from: address ?? '', receipts, balances: wanted ? await this.#balances(attempt) : null };
  }

  /** Takes what was read, and schedules the next look itself. */
  async take(attemptId: string, reading: WalletReading, by: ActingParty): Promise<void> {
    const locked = await this.#payoutAttempts.lockTurn(attemptId);
    // Its sender still has the word; what was reported meanwhile is looked at right after.
    if (!locked || locked.attempt.status === 'dispatching') return;
    const turn = { ...locked, by };
    const { attempt, now } = turn;
    const lookedAt = attempt.lookedAt ?? null;
    const isOpen = attempt.status !== 'confirmed' && attempt.status !== 'not_executed';
    if (isOpen) this.#unresolved.tellAgain(turn);
    attempt.looks += 1;
    attempt.lookedAt = now;
    if (reading.receipts.size > 0 || reading.balances) this.#system.noteRead(attempt.provider);
    const sight = await this.#sight(turn, reading);
    for (const row of evidenceOf(reading, attempt, now)) this.#payoutAttempts.addEvidence(row);
    await this.#gasLeg(turn, sight);
    if (isPaid(attempt)) await this.#paid(turn, { ...sight, lookedAt });
    else if (isOpen) await this.#open(turn, sight);
    else await this.#late(turn, sight);
  }

  /** Everything there is to judge by. A name that another attempt has is left out, and people are told. */
  async #sight(turn: PayoutTurn, reading: WalletReading): Promise<Sight> {
    const { attempt, now } = turn;
    const evidence = await this.#payoutAttempts.evidence(attempt.id);
    const { reports, unreadable } = await this.#callbacks.reportsOf(attempt.id);
    const names: string[] = [];
    for (const txid of namesIn(attempt, reports)) {
      if (!(await this.#payoutAttempts.txidTaken(attempt, txid))) names.push(txid);
      else await this.#closing.openIncident(turn, 'reference_used', { txid });
    }
    return { now, reading, evidence, reports, unreadable, names };
  }

  async #open(turn: PayoutTurn, sight: Sight): Promise<void> {
    const { attempt } = turn;
    for (const txid of mismatchedNames(attempt, sight)) {
      const receipt = sight.reading.receipts.get(txid);
      await this.#closing.openIncident(turn, 'receipt_mismatch', { txid, receipt: receipt ? { ...receipt } : null });
    }
    const judgement = judge(attempt, sight);
    if (judgement.kind === 'proven') return this.#proven(turn, sight, judgement.txid);
    if (judgement.kind === 'seen_once') return this.#closing.lookAt(turn, PROOFS_APART_MS);
    if (judgement.kind === 'expired') return this.#closing.lose(turn, 'no_final_word', 'no_final_word');
    if (judgement.kind === 'contradicted') return this.#closing.lose(turn, 'contradicted', judgement.reason);
    if (judgement.kind === 'not_executed') {
      return this.#closing.notExecuted(turn, judgement.reason);
    }
    if (isSilent(attempt, sight)) return this.#closing.lookUnknown(turn);
    await this.#closing.lookAt(turn, lookDelayMs(attempt.looks));
  }

  /** A14: nobody may have closed another attempt of the same payment by hand, for which this could be the proof. */
  async #proven(turn: PayoutTurn, { reports, reading }: Sight, txid: string): Promise<void> {
    const { attempt } = turn;
    if (attempt.kind === 'wallet_transit' && (await this.#payoutAttempts.hasNamelessTwin(attempt))) {
      await this.#closing.openIncident(turn, 'closed_without_proof', { txid });
      if (attempt.status !== 'unknown') return this.#closing.lose(turn, 'contradicted', 'closed_without_proof');
      return this.#closing.lookUnknown(turn);
    }
    attempt.token ??= reports.find(({ tokenTxid }) => tokenTxid === txid)?.token ?? null;
    await this.#closing.settle(turn, { txid, balances: reading.balances });
  }

  /** The company's gas was spent whatever became of the tokens, and however late it is said. */
  async #gasLeg(turn: PayoutTurn, { reports }: Sight): Promise<void> {
    const report = reports.find((each) => each.gasTxid !== null && isOwn(each, turn.attempt));
    if (!report?.gasTxid || (await this.#payoutAttempts.txidTaken(turn.attempt, report.gasTxid))) return;
    await this.#closing.topUp(turn, report.gasTxid);
  }

  /** A23, for as long as it is likely at all. */
  async #late(turn: PayoutTurn, sight: Sight): Promise<void> {
    const { attempt, now } = turn;
    // What BNB moved is told by the balance alone, and only while nothing else may move it.
    if (attempt.lateAt || attempt.asset === BNB) return;
    const judgement = judge(attempt, sight);
    if (judgement.kind === 'proven') return this.#closing.late(turn, judgement.txid);
    if (judgement.kind === 'seen_once') return this.#closing.lookAt(turn, PROOFS_APART_MS);
    const endedMs = now.getTime() - (attempt.endedAt ?? now).getTime();
    if (sight.names.length > 0 && endedMs < LATE_LOOKS_FOR_MS) await this.#closing.lookAt(turn, LATE_LOOK_EVERY_MS);
  }

  /** What was proven stays so, unless the chain itself takes it back. */
  async #paid(turn: PayoutTurn, sight: Sight & { readonly lookedAt: Date | null }): Promise<void> {
    const { attempt, now } = turn;
    if (attempt.status === 'confirmed') await this.#contradictions(turn, sight);
    if (attempt.takenBackAt || !attempt.reference) return;
    const { receipts, from, begunAt } = sight.reading;
    const receipt = receipts.get(attempt.reference);
    if (receipt === undefined || (receipt && fits(receipt, attempt, from))) {
      if (receipt) attempt.failedSeenAt = null;
      return this.#closing.lookWhetherStillThere(turn, sight.lookedAt);
    }
    const goneForMs = attempt.failedSeenAt ? begunAt.getTime() - attempt.failedSeenAt.getTime() : 0;
    attempt.failedSeenAt ??= now;
    if (goneForMs < VANISHED_FOR_MS) return this.#closing.lookAt(turn, VANISHED_FOR_MS - goneForMs);
    const seen = { txid: attempt.reference, receipt: receipt ? { ...receipt } : null };
    await this.#closing.takenBack(turn, seen);
  }

  /** What is said of a proven payment afterwards changes nothing, but people hear of the opposite. */
  async #contradictions(turn: PayoutTurn, { reports }: Sight): Promise<void> {
    const { attempt } = turn;
    const after = reports.filter(({ receivedAt }) => attempt.endedAt && receivedAt > attempt.endedAt);
    for (const { succeeded, gasTxid, tokenTxid: txid } of after) {
      if (succeeded && txid === attempt.reference) continue;
      await this.#closing.openIncident(turn, 'callback_contradicts', { succeeded, gasTxid, txid });
    }
  }

  async #balances({ walletId, asset }: PayoutAttempt): Promise<WalletBalances | null> {
    const read = await readable(this.#wallets.balances({ walletId: walletId ?? '', asset }));
    return read ? new Map(read.map((each) => [each.asset, Amount.parse(each.asset, each.amount)])) : null;
  }
}

const isPaid = ({ status, lateAt }: PayoutAttempt): boolean => status === 'confirmed' || !!lateAt;

/** The hashes under which a payment may be found: its own, and what its callbacks name. */
function namesIn(attempt: PayoutAttempt, reports: readonly ReceivedReport[]): string[] {
  const reported = reports.flatMap((each) => (each.tokenTxid && isOwn(each, attempt) ? [each.tokenTxid] : []));
  const names = [attempt.reference, ...reported];
  return [...new Set(names.flatMap((name) => (name ? [name] : [])))];
}

/** Nothing new is to be expected: it has been unknown for a while, and nobody has just said anything about it. */
const isSilent = ({ status }: PayoutAttempt, { reports, now }: Sight): boolean =>
  status === 'unknown' && !reports.some(({ receivedAt }) => now.getTime() - receivedAt.getTime() < JUST_REPORTED_MS);

const JUST_REPORTED_MS = 30 * 60_000;

/** Undefined where the provider could not be asked or answered nothing that can be used. */
async function readable<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
