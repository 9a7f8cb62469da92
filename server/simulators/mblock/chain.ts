import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { withChecksum } from '#server/mblock/index.ts';
import type { EventLog } from '../event-log.ts';
import type { ChainEvent, ChainTransfer, StoredConfig, TransitRequest } from './chain-events.ts';

export const BNB = 'BNB';
/** What every transaction costs here. */
export const GAS = '0.000063';
const FEE_WALLET_BNB = '10';

export interface SimulatedWallet {
  readonly address: string;
  readonly walletKey: string;
}

/** Addresses are compared without their checksum's case. */
const same = (address: string): string => address.toLowerCase();
const hash = (text: string): string => bytesToHex(keccak_256(utf8ToBytes(text)));

/** The state of the simulated chain, derived from its events. */
export class Chain {
  readonly #log: EventLog<ChainEvent>;
  readonly #clock: Clock;
  readonly #seed: string;
  readonly #balances = new Map<string, Amount>();
  readonly #addressOfKey = new Map<string, string>();
  readonly #keyOf = new Map<string, string>();
  readonly #transfers = new Map<string, ChainTransfer>();
  readonly #hidden = new Set<string>();
  readonly #openTransits = new Map<string, TransitRequest>();
  #feeWallet: string | null = null;
  #config: StoredConfig = {};

  constructor(deps: { log: EventLog<ChainEvent>; clock: Clock; seed: string }) {
    this.#log = deps.log;
    this.#clock = deps.clock;
    this.#seed = deps.seed;
    for (const event of this.#log.events) this.#apply(event);
    if (this.#feeWallet === null) this.#openFeeWallet();
  }

  get nowMs(): number {
    return this.#clock.now().getTime();
  }

  get config(): StoredConfig {
    return this.#config;
  }

  get feeWallet(): SimulatedWallet {
    const address = this.#feeWallet ?? '';
    return { address, walletKey: this.#keyOf.get(same(address)) ?? '' };
  }

  openTransits(): readonly TransitRequest[] {
    return [...this.#openTransits.values()];
  }

  addressOf(walletKey: string): string | null {
    return this.#addressOfKey.get(walletKey) ?? null;
  }

  balance(address: string, asset: string): Amount {
    return this.#balances.get(`${same(address)} ${same(asset)}`) ?? Amount.zero(same(asset));
  }

  amount(asset: string, text: string): Amount {
    return Amount.fromDecimal(same(asset), text);
  }

  transferOf(txid: string): ChainTransfer | null {
    const known = txid.toLowerCase();
    return this.#hidden.has(known) ? null : (this.#transfers.get(known) ?? null);
  }

  createWallet(fee = false): SimulatedWallet {
    const number = this.#log.events.length;
    const address = withChecksum(`0x${hash(`${this.#seed} address ${number}`).slice(-40)}`);
    const walletKey = this.#newKey(number);
    this.record({ type: 'wallet', atMs: this.nowMs, address, walletKey, ...(fee ? { fee } : {}) });
    return { address, walletKey };
  }

  refresh(address: string): string {
    const walletKey = this.#newKey(this.#log.events.length);
    this.record({ type: 'refreshed', atMs: this.nowMs, address, walletKey });
    return walletKey;
  }

  setBalance(address: string, asset: string, amount: string): void {
    this.record({ type: 'balance', atMs: this.nowMs, address, asset, amount });
  }

  /** Whoever sends must hold the amount and the gas: the caller has looked. */
  transfer(order: Pick<ChainTransfer, 'from' | 'to' | 'asset' | 'amount' | 'leg'>): string {
    const txid = `0x${hash(`${this.#seed} transaction ${this.#log.events.length}`)}`;
    this.record({ type: 'transfer', atMs: this.nowMs, txid, gas: GAS, ...order });
    return txid;
  }

  newToken(): string {
    return hash(`${this.#seed} transit ${this.#log.events.length}`).slice(0, 32);
  }

  record(event: ChainEvent): void {
    this.#log.append(event);
    this.#apply(event);
  }

  reset(): void {
    this.#log.clear();
    for (const state of [this.#balances, this.#addressOfKey, this.#keyOf, this.#transfers, this.#openTransits])
      state.clear();
    this.#hidden.clear();
    this.#config = {};
    this.#openFeeWallet();
  }

  #openFeeWallet(): void {
    const { address } = this.createWallet(true);
    this.setBalance(address, BNB, FEE_WALLET_BNB);
  }

  #newKey(number: number): string {
    return `wk_${hash(`${this.#seed} key ${number}`)}`;
  }

  #apply(event: ChainEvent): void {
    switch (event.type) {
      case 'wallet':
        if (event.fee) this.#feeWallet = event.address;
        this.#setKey(event.address, event.walletKey);
        break;
      case 'refreshed':
        this.#setKey(event.address, event.walletKey);
        break;
      case 'balance':
        this.#set(event.address, this.amount(event.asset, event.amount));
        break;
      case 'transfer':
        this.#move(event);
        break;
      case 'transit':
        this.#openTransits.set(event.token, event);
        break;
      case 'transit_done':
        this.#openTransits.delete(event.token);
        break;
      case 'config':
        this.#config = event.config;
        break;
      case 'receipt_hidden':
        if (event.hidden) this.#hidden.add(event.txid.toLowerCase());
        else this.#hidden.delete(event.txid.toLowerCase());
    }
  }

  #setKey(address: string, walletKey: string): void {
    const old = this.#keyOf.get(same(address));
    if (old !== undefined) this.#addressOfKey.delete(old);
    this.#keyOf.set(same(address), walletKey);
    this.#addressOfKey.set(walletKey, address);
  }

  #move(transfer: ChainTransfer): void {
    const { from, to, asset, gas, txid } = transfer;
    const moved = this.amount(asset, transfer.amount);
    this.#transfers.set(txid.toLowerCase(), transfer);
    this.#set(from, this.balance(from, asset).minus(moved));
    this.#set(to, this.balance(to, asset).plus(moved));
    this.#set(from, this.balance(from, BNB).minus(this.amount(BNB, gas)));
  }

  #set(address: string, amount: Amount): void {
    this.#balances.set(`${same(address)} ${amount.asset}`, amount);
  }
}
