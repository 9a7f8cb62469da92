import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { DualControl } from '#server/dual-control/index.ts';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import {
  type Account,
  companyAccount,
  type LedgerService,
  memberAccount,
  receivableAccount,
} from '#server/ledger/index.ts';
import type { AdjustInput, AdjustView, TakeBackInput, TakeBackView } from './contract.ts';

type Named = AdjustInput['debit'];

/** What two admins put right in the books by hand. */
export class BookCorrections {
  readonly #ledger: LedgerService;
  readonly #assets: AssetRegistry;
  readonly #incidents: IncidentLog;
  readonly #dualControl: DualControl;
  readonly #audit: AuditTrail;

  constructor(deps: {
    ledger: LedgerService;
    assets: AssetRegistry;
    incidents: IncidentLog;
    dualControl: DualControl;
    audit: AuditTrail;
  }) {
    this.#ledger = deps.ledger;
    this.#assets = deps.assets;
    this.#incidents = deps.incidents;
    this.#dualControl = deps.dualControl;
    this.#audit = deps.audit;
  }

  /** Errors: `ledger.transaction_not_found`, `reversal_too_large`, `reference_used`, `decision.differs`. */
  async takeBack({ transactionId, note, ...asked }: TakeBackInput, by: ActingParty): Promise<TakeBackView> {
    const subject = { type: 'ledger', id: transactionId } as const;
    await this.#ledger.refuseIrreversible({ transactionId, ...asked });
    const decision = await this.#dualControl.decide({ action: 'ledger.reverse', subject, body: asked, note }, by);
    if (decision.state === 'proposed') return { decision, reversal: null };
    const validatorId = decision.proposedBy;
    return {
      decision,
      reversal: await this.#ledger.reverse({ transactionId, ...asked, reason: note, validatorId }, by),
    };
  }

  /** Errors: `asset.unknown`, `incident.not_found`, `closed`, `ledger.insufficient_funds`, `decision.differs`. */
  async adjust({ incidentId, note, ...asked }: AdjustInput, by: ActingParty): Promise<AdjustView> {
    await this.#incidents.lock(incidentId);
    const { asset } = await this.#assets.enabled(asked.asset);
    const subject = { type: 'incident', id: incidentId } as const;
    const decision = await this.#dualControl.decide({ action: 'ledger.adjust', subject, body: asked, note }, by);
    if (decision.state === 'proposed') return { decision, transactionId: null };
    const { proposedBy: validatorId } = decision;
    const [transactionId = ''] = await this.#ledger.post([
      {
        ...{ kind: 'ADJUST' as const, amount: Amount.parse(asset, asked.amount), memberId: memberOf(asked) },
        ...{
          debit: accountOf(asked.debit),
          credit: accountOf(asked.credit),
          incidentId,
          reason: note,
          validatorId,
          by,
        },
      },
    ]);
    this.#audit.record({
      action: 'ledger.adjusted',
      subject: { type: 'ledger', id: transactionId },
      by,
      reason: note,
      after: { incident: incidentId, ...asked, proposedBy: validatorId },
    });
    return { decision, transactionId };
  }
}

function accountOf(named: Named): Account {
  if (named.of === 'company') return companyAccount(named.account);
  return named.account === 'available' ? memberAccount(named.memberId, 'available') : receivableAccount(named.memberId);
}

function memberOf({ debit, credit }: Pick<AdjustInput, 'debit' | 'credit'>): string | undefined {
  const [member] = [debit, credit].filter((named) => named.of === 'member');
  return member?.memberId;
}
