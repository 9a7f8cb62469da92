import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { OWED, receivableAccount } from '#server/ledger/index.ts';
import type { RiskFindingsView } from './contract.ts';
import { type Finding, strongest } from './finding.ts';
import { RiskFinding } from './risk-finding.entity.ts';
import { readHistory } from './risk-history.ts';
import { type Assessed, RiskRefusal } from './risk-refusal.ts';
import {
  allowListFindings,
  amountFindings,
  debtFindings,
  deviceFindings,
  findingsOf,
  originFindings,
  type RiskSubject,
  SCREENING_PENDING,
  screenedFindings,
} from './risk-rules.ts';
import type { ScreeningState } from './screening.port.ts';
import type { RiskSettings } from './settings.ts';
import type { RiskMoment } from './statuses.ts';

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

  /** Every rule, in the transaction that asks, and when that was. `leaveOut` is a withdrawal that is asked for anew. */
  async assess(subject: RiskSubject, leaveOut: string | null): Promise<{ findings: Finding[]; at: Date }> {
    const history = await readHistory(this.#em, subject, leaveOut);
    const { at } = history;
    const findings = findingsOf(subject, history, { settings: this.#settings, now: at });
    // An address that somebody wrote down is also shown to an outside service, where there is one.
    const isScreened = this.#settings.screens && subject.destination.type === 'address';
    const isAsked = isScreened && refusalIn(findings) === null;
    return { findings: isAsked ? [...findings, SCREENING_PENDING] : findings, at };
  }

  /** The same for a change by a person, who is told instead of the withdrawal being blocked. Error: `risk.refused`. */
  async assessChange(subject: RiskSubject, leaveOut: string): Promise<Finding[]> {
    const { findings } = await this.assess(subject, leaveOut);
    const refusal = refusalIn(findings);
    if (refusal) throw new RiskRefusal(refusal);
    return findings;
  }

  /** What can have changed by the time of a vote, see `#atVote`; what was found is kept either way. Error: `risk.refused`. */
  async assessVote(withdrawal: Assessed, subject: RiskSubject, by: ActingParty): Promise<void> {
    const findings = (await this.#atVote(withdrawal, subject, by)).filter(({ result }) => result !== 'pass');
    const refusal = refusalIn(findings);
    if (refusal) throw new RiskRefusal(refusal, { withdrawal, findings });
    this.record(withdrawal, 'approval', findings);
  }

  /** What a vote would be refused for now, told before anybody tries; null when nothing speaks against it. */
  async refusalOfVote(withdrawal: Assessed, subject: RiskSubject, by: ActingParty): Promise<Finding | null> {
    return refusalIn(await this.#atVote(withdrawal, subject, by));
  }

  /** Who votes from where, what the member owes, whether the address is in force on the list, and whether the outside service has spoken. */
  async #atVote(withdrawal: Assessed, subject: RiskSubject, by: ActingParty): Promise<Finding[]> {
    const { now, deviceSince, listedFrom, screened, owed } = await this.#standing(withdrawal, subject, by);
    const looked = { settings: this.#settings, now };
    return [
      ...originFindings(subject.ip, this.#settings),
      ...(by.type === 'operator' ? deviceFindings(deviceSince, now, this.#settings) : []),
      ...debtFindings(owed).map(asLastWord),
      ...allowListFindings(subject, { listedFrom }, looked).map(asLastWord),
      ...screenedFindings(screened, this.#settings).map(asLastWord),
    ];
  }

  /**
   * Whether what was approved may still leave: the lines may have been drawn anew, the address taken off the list, a credit
   * taken back, and a "no" of the outside service may have come while an earlier try was under way. What is owed, and when
   * that was, was read with whatever else the approval rests on.
   */
  async allowsDispatch(
    withdrawal: Assessed,
    subject: RiskSubject,
    { owed, now }: Pick<Standing, 'owed' | 'now'>,
  ): Promise<boolean> {
    const { modes, otherwise } = this.#settings.allowList;
    const isListRead = (modes.get(subject.amount.asset) ?? otherwise) !== 'off';
    const isRead = isListRead || this.#settings.screens;
    const { listedFrom, screened } = isRead ? await this.#standing(withdrawal, subject, null) : NOT_READ;
    const looked = { settings: this.#settings, now };
    const findings = [
      ...amountFindings(subject, this.#settings),
      ...debtFindings(owed).map(asLastWord),
      ...allowListFindings(subject, { listedFrom }, looked).map(asLastWord),
      ...screenedFindings(screened, this.#settings).map(asLastWord),
    ];
    const refused = findings.filter(({ result }) => result === 'refuse');
    this.record(withdrawal, 'dispatch', refused);
    return refused.length === 0;
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

  async #standing({ id }: Assessed, subject: RiskSubject, by: ActingParty | null): Promise<Standing> {
    const { memberId, amount, destination } = subject;
    const [row] = await sql<StandingRow>(
      this.#em,
      `select clock_timestamp() as now,
         (select d.first_seen_at from operator_sessions s join operator_devices d on d.id = s.device_id
          where s.id = ?::uuid) as device_since,
         (select e.active_from from allow_list_entries e
          where e.asset = ? and e.address = ? and e.removed_at is null) as listed_from,
         (select verdict from risk_screenings where withdrawal_id = ? order by revision desc limit 1) as screened,
         ${OWED} as owed`,
      [
        ...[by?.type === 'operator' ? by.sessionId : null, amount.asset, destination.address, id],
        ...[receivableAccount(memberId).code, amount.asset],
      ],
    );
    if (!row) throw new Error('the database did not say what stands');
    return {
      now: new Date(row.now),
      deviceSince: dateOf(row.device_since),
      listedFrom: dateOf(row.listed_from),
      screened: row.screened,
      owed: Amount.fromDecimal(amount.asset, row.owed),
    };
  }
}

interface Standing {
  /** By the database's clock. */
  readonly now: Date;
  readonly deviceSince: Date | null;
  readonly listedFrom: Date | null;
  readonly screened: ScreeningState | null;
  readonly owed: Amount;
}

const NOT_READ = { listedFrom: null, screened: null };

interface StandingRow {
  readonly now: Date | string;
  readonly device_since: Date | string | null;
  readonly listed_from: Date | string | null;
  readonly screened: ScreeningState | null;
  readonly owed: string;
}

/** What must wait at the asking must not go on at the deciding. */
const asLastWord = (finding: Finding): Finding =>
  finding.result === 'hold' ? { ...finding, result: 'refuse' } : finding;

const dateOf = (value: Date | string | null): Date | null => (value ? new Date(value) : null);

function refusalIn(findings: readonly Finding[]): Finding | null {
  const top = strongest(findings);
  return top?.result === 'refuse' ? top : null;
}
