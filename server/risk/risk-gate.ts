import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { RiskFindingsView } from './contract.ts';
import { type Finding, strongest } from './finding.ts';
import { RiskFinding } from './risk-finding.entity.ts';
import { readHistory } from './risk-history.ts';
import { deviceFindings, findingsOf, originFindings, type RiskSubject } from './risk-rules.ts';
import type { RiskSettings } from './settings.ts';
import type { RiskMoment } from './statuses.ts';

/** Which withdrawal, and as it was asked for at which revision. */
interface Assessed {
  readonly id: string;
  readonly revision: number;
}

/** Looks at what is asked for before anybody decides it, and again at every vote. */
export class RiskGate {
  readonly #em: EntityManager;
  readonly #settings: RiskSettings;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; settings: RiskSettings; clock: Clock }) {
    this.#em = deps.em;
    this.#settings = deps.settings;
    this.#clock = deps.clock;
  }

  /** Every rule, in the transaction that asks. `leaveOut` is a withdrawal that is asked for anew. */
  async assess(subject: RiskSubject, leaveOut: string | null): Promise<Finding[]> {
    const history = await readHistory(this.#em, subject, { now: this.#clock.now(), leaveOut });
    return findingsOf(subject, history, this.#settings);
  }

  /** The same for a change by a person, who is told instead of the withdrawal being blocked. Error: `risk.refused`. */
  async assessChange(subject: RiskSubject, leaveOut: string): Promise<Finding[]> {
    const findings = await this.assess(subject, leaveOut);
    refuseOn(findings);
    return findings;
  }

  /** What can have changed by the time of a vote: who votes from where. Error: `risk.refused`. */
  async assessVote(withdrawal: Assessed, by: ActingParty): Promise<void> {
    const findings = [...originFindings(by.origin?.ip ?? null, this.#settings), ...(await this.#deviceFindings(by))];
    refuseOn(findings);
    this.record(withdrawal, 'approval', findings);
  }

  record({ id: withdrawalId, revision }: Assessed, moment: RiskMoment, findings: readonly Finding[]): void {
    const at = this.#clock.now();
    for (const finding of findings) {
      this.#em.persist(this.#em.create(RiskFinding, { id: newId(), withdrawalId, revision, moment, ...finding, at }));
    }
  }

  async findings(withdrawalId: string): Promise<RiskFindingsView> {
    const rows = await this.#em.find(RiskFinding, { withdrawalId }, { orderBy: { id: 'asc' } });
    return {
      rows: rows.map(({ id, revision, moment, rule, result, threshold, observed, at }) => ({
        ...{ id, revision, moment, rule, result, threshold: threshold ?? null, observed, at: at.toISOString() },
      })),
    };
  }

  async #deviceFindings(by: ActingParty): Promise<Finding[]> {
    if (by.type !== 'operator') return [];
    const [row] = await sql<{ since: Date | string }>(
      this.#em,
      `select d.first_seen_at as since from operator_sessions s join operator_devices d on d.id = s.device_id
       where s.id = ?::uuid`,
      [by.sessionId],
    );
    return deviceFindings(row ? new Date(row.since) : null, this.#clock.now(), this.#settings);
  }
}

function refuseOn(findings: readonly Finding[]): void {
  const top = strongest(findings);
  if (top?.result !== 'refuse') return;
  const { rule, threshold, observed } = top;
  throw new DomainError('risk.refused', `the rule ${rule} says no`, { detail: { rule, threshold, observed } });
}
