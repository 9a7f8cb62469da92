import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { LedgerService, WalletBooks } from '#server/ledger/index.ts';

/** What may explain a shortage: coins that are back, or a payment that took them. */
export interface Explanation {
  readonly walletId: string;
  readonly amount: Amount;
  readonly note: string;
  readonly by: ActingParty;
}

/** What a wallet lacks: it is an incident until it is explained, and never more than was missing is taken out of it. */
export class WalletShortages {
  readonly #incidents: IncidentLog;
  readonly #ledger: LedgerService;
  readonly #books: WalletBooks;

  constructor(deps: { incidents: IncidentLog; ledger: LedgerService; books: WalletBooks }) {
    this.#incidents = deps.incidents;
    this.#ledger = deps.ledger;
    this.#books = deps.books;
  }

  /**
   * UNSHORT. Resolves to how much of the amount was missing; with nothing missing any more the incident is closed. The
   * incident is locked before its amount is read: whoever writes it off at this moment does so before or after, not both.
   */
  async explain({ walletId, amount, note, by }: Explanation): Promise<{ taken: Amount; closed: string | null }> {
    const { asset } = amount;
    const nothing = { taken: Amount.zero(asset), closed: null };
    const incident = await this.#incidents.lockOpen({ kind: 'short_funds', subject: `${walletId} ${asset}` });
    if (!incident) return nothing;
    const open = await this.#books.openShort(incident.id, asset);
    const taken = open.isLessThan(amount) ? open : amount;
    if (!taken.isPositive()) return nothing;
    await this.#ledger.post([{ kind: 'UNSHORT', amount: taken, walletId, incidentId: incident.id, by }]);
    if (!taken.equals(open)) return { taken, closed: null };
    this.#incidents.close(incident, { resolution: 'explained', note }, by);
    return { taken, closed: incident.id };
  }
}
