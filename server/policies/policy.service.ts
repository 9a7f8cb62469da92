import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import type { DualControl, DualDecision } from '#server/dual-control/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Announcer } from '#server/notifications/index.ts';
import {
  type PolicyConfirmInput,
  type PolicyCurrentView,
  type PolicyProposalView,
  type PolicyProposeInput,
  type PolicyProposeView,
  type PolicyVersionView,
  policyProposeInput,
} from './contract.ts';
import { loosenings } from './loosening.ts';
import type { PolicyBook } from './policy-book.ts';
import { PolicyVersion } from './policy-version.entity.ts';
import { asStrictAs, isMet, votesOf } from './quorum.ts';
import type { PolicyRules } from './statuses.ts';
import { allVoters } from './voters.ts';

/** What asks for less waits so long after it was confirmed: nobody loosens a rule and uses it the same day. */
export const LOOSENING_WAITS_MS = 24 * 3_600_000;
const HISTORY_MAX = 50;

/** Changes the rules: proposed by one administrator, confirmed by another, in force from an instant on. */
export class PolicyService {
  readonly #em: EntityManager;
  readonly #book: PolicyBook;
  readonly #dualControl: DualControl;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #jobs: JobQueue;

  constructor(deps: {
    em: EntityManager;
    book: PolicyBook;
    dualControl: DualControl;
    audit: AuditTrail;
    notifications: Announcer;
    jobs: JobQueue;
  }) {
    this.#em = deps.em;
    this.#book = deps.book;
    this.#dualControl = deps.dualControl;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#jobs = deps.jobs;
  }

  /** What is in force, what will be, what waits for a second person, and what was. */
  async current(): Promise<PolicyCurrentView> {
    const current = await this.#book.current();
    const versions = await this.#newest();
    const proposal = await this.#proposal();
    const names = await this.#names([...versions, ...(proposal ? [proposal] : [])]);
    const views = versions.map((version) => toView(version, names));
    const inForce = views.find(({ version }) => version === String(current.version));
    return {
      current: inForce ?? toView({ ...current, no: current.version, note: null }, names),
      upcoming: views.filter((_, index) => (versions[index]?.no ?? 0) > current.version).reverse(),
      proposal: proposal && (await this.#proposalView(proposal, names)),
      history: views.filter((_, index) => (versions[index]?.no ?? 0) <= current.version),
    };
  }

  /** Errors: `asset.unknown`, `policy.too_few_people`, `policy.outdated`, `policy.order`, `decision.differs`. */
  async propose({ note, ...change }: PolicyProposeInput, by: ActingParty): Promise<PolicyProposeView> {
    await this.#refuseUnfit(change);
    const open = await this.#proposal();
    if (open && open.proposedBy !== by.id) {
      throw new DomainError('decision.differs', 'a colleague has proposed a change; confirm it or take it back', {
        detail: { id: open.id, proposedBy: open.proposedBy },
      });
    }
    const step = await this.#dualControl.decide({ ...ABOUT_POLICY, body: bodyOf(change), note }, by);
    if (step.state === 'confirmed') throw new DomainError('decision.differs', 'a colleague proposed the same just now');
    return { id: step.decisionId, expiresAt: step.expiresAt };
  }

  /** Errors: `decision.not_found`, `policy.second_person_needed`, and whatever refuses the proposal by now. */
  async confirm({ id, note }: PolicyConfirmInput, by: ActingParty): Promise<PolicyVersionView> {
    const open = await this.#proposal();
    if (open?.id !== id) {
      throw new DomainError('decision.not_found', 'there is no such open proposal', { detail: { id } });
    }
    if (open.proposedBy === by.id) {
      throw new DomainError('policy.second_person_needed', 'you proposed this; another administrator confirms', {
        detail: { id },
      });
    }
    const change = changeIn(open);
    await this.#refuseUnfit(change);
    const step = await this.#dualControl.decide({ ...ABOUT_POLICY, body: open.body, note }, by);
    if (step.state !== 'confirmed') throw new TypeError('the proposal changed under a lock');
    return this.#enact(open, change, by);
  }

  /** It is in force, and what was open then has been looked at again: told once, however often the job runs. */
  async applied(version: string): Promise<void> {
    const text =
      'update policy_versions set applied_at = now() where no::text = ? and applied_at is null returning note as reason';
    const [applied] = await sql<{ reason: string }>(this.#em, text, [version]);
    if (!applied) return;
    const subject = { type: 'policy', id: version } as const;
    this.#notifications.announce({ type: 'policy.changed', subject, reason: applied.reason });
  }

  async #enact(proposal: DualDecision, change: Change, by: ActingParty): Promise<PolicyVersionView> {
    const { rules } = change;
    const now = await databaseNow(this.#em);
    const loosened = await this.#loosenings(rules);
    const effectiveFrom = effectFrom(change, { now, loosens: loosened.length > 0 });
    const version = this.#em.create(PolicyVersion, {
      ...{ id: newId(), no: (await this.#newestVersion()) + 1, rules, effectiveFrom, loosens: loosened.length > 0 },
      ...{ note: proposal.note, proposedBy: proposal.proposedBy, confirmedBy: by.id, confirmedAt: now },
      ...{ decisionId: proposal.id, appliedAt: null },
    });
    this.#em.persist(version);
    const cited = String(version.no);
    this.#audit.record({
      action: 'policy.changed',
      subject: { type: 'policy', id: cited },
      by,
      reason: proposal.note,
      after: { version: version.no, effectiveFrom: effectiveFrom.toISOString(), loosens: version.loosens },
    });
    await this.#jobs.send('policy.apply', { version: cited }, { startAfter: effectiveFrom });
    return toView(version, await this.#names([version]));
  }

  async #refuseUnfit({ rules, basedOn }: Change): Promise<void> {
    await this.#book.keepFirst();
    const newest = await this.#newestVersion();
    if (String(newest) !== basedOn) {
      throw new DomainError('policy.outdated', 'the policy has changed meanwhile; look again', {
        detail: { newest: String(newest) },
      });
    }
    const disordered = rules.tiers.findIndex((tier, index) => !asStrictAs(tier, rules.tiers[index - 1] ?? tier));
    if (disordered >= 0) {
      throw new DomainError('policy.order', 'each tier is at least as strict as the one before', {
        detail: { tier: disordered + 1 },
      });
    }
    await this.#refuseUnknownAssets(rules);
    const everybody = votesOf((await allVoters(this.#em)).map(({ role }) => [role]));
    const impossible = rules.tiers.findIndex((tier) => !isMet(tier, everybody));
    if (impossible >= 0) {
      throw new DomainError('policy.too_few_people', 'there are not enough people for one of the tiers', {
        detail: { tier: impossible + 1, finance: everybody.finance, admin: everybody.admin },
      });
    }
  }

  async #refuseUnknownAssets({ tiers }: PolicyRules): Promise<void> {
    const named = [...new Set(tiers.flatMap(({ from }) => from.amounts.map(({ asset }) => asset)))];
    const rows = await sql<{ asset: string }>(this.#em, 'select asset from assets where asset = any(?::text[])', [
      named,
    ]);
    const unknown = named.find((asset) => !rows.some((row) => row.asset === asset));
    if (!unknown) return;
    throw new DomainError('asset.unknown', `there is no asset ${unknown}`, { detail: { asset: unknown } });
  }

  /** Against what is in force, and against what was confirmed and is not yet. */
  async #loosenings(rules: PolicyRules) {
    const current = await this.#book.current();
    const upcoming = (await this.#newest()).filter(({ no }) => no > current.version);
    return [current, ...upcoming].flatMap((before) => loosenings(before.rules, rules));
  }

  async #proposal(): Promise<DualDecision | null> {
    const [open] = await this.#dualControl.openAbout([ABOUT_POLICY.subject.id]);
    return open ?? null;
  }

  #newest(): Promise<PolicyVersion[]> {
    return this.#em.find(PolicyVersion, {}, { orderBy: { no: 'desc' }, limit: HISTORY_MAX });
  }

  async #newestVersion(): Promise<number> {
    const [row] = await sql<{ no: number }>(this.#em, 'select max(no) as no from policy_versions');
    return row?.no ?? 0;
  }

  async #proposalView(open: DualDecision, names: ReadonlyMap<string, string>): Promise<PolicyProposalView> {
    const change = changeIn(open);
    const loosened = await this.#loosenings(change.rules);
    const when = { now: await databaseNow(this.#em), loosens: loosened.length > 0 };
    return {
      ...{ id: open.id, rules: change.rules, note: open.note, loosenings: loosened },
      proposedBy: { id: open.proposedBy, name: names.get(open.proposedBy) ?? '' },
      proposedAt: open.proposedAt.toISOString(),
      expiresAt: open.expiresAt.toISOString(),
      wouldTakeEffect: effectFrom(change, when).toISOString(),
    };
  }

  async #names(of: readonly { proposedBy?: string | null; confirmedBy?: string | null }[]) {
    const ids = [...new Set(of.flatMap(({ proposedBy, confirmedBy }) => [proposedBy, confirmedBy]).filter(Boolean))];
    const text = 'select id, name from operators where id = any(?::uuid[])';
    const rows = await sql<{ id: string; name: string }>(this.#em, text, [ids]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

type Change = Omit<PolicyProposeInput, 'note'>;

const ABOUT_POLICY = { action: 'policy.change', subject: { type: 'policy', id: 'policy' } } as const;

const bodyOf = ({ rules, effectiveFrom, basedOn }: Change) => ({ rules: plain(rules), effectiveFrom, basedOn });

/** The same as JSON knows it. */
const plain = (rules: PolicyRules) => JSON.parse(JSON.stringify(rules));

const changeIn = ({ body }: DualDecision): Change => policyProposeInput.omit({ note: true }).parse(body);

function effectFrom({ effectiveFrom }: Change, { now, loosens }: { now: Date; loosens: boolean }): Date {
  const earliest = now.getTime() + (loosens ? LOOSENING_WAITS_MS : 0);
  const asked = effectiveFrom ? new Date(effectiveFrom).getTime() : earliest;
  return new Date(Math.max(earliest, asked));
}

function toView(
  version: Pick<PolicyVersion, 'no' | 'rules' | 'effectiveFrom' | 'loosens'> & {
    note?: string | null;
    proposedBy?: string | null;
    confirmedBy?: string | null;
  },
  names: ReadonlyMap<string, string>,
): PolicyVersionView {
  const person = (id: string | null | undefined) => (id ? { id, name: names.get(id) ?? '' } : null);
  return {
    ...{ version: String(version.no), rules: version.rules as PolicyVersionView['rules'] },
    ...{ effectiveFrom: version.effectiveFrom.toISOString(), loosens: version.loosens, note: version.note ?? null },
    ...{ proposedBy: person(version.proposedBy), confirmedBy: person(version.confirmedBy) },
  };
}
