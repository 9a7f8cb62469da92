import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Prices } from './prices.ts';
import { asStrictAs } from './quorum.ts';
import { type Needs, NOBODY_IN_PARTICULAR, type PolicyRules } from './statuses.ts';
import { tierOf } from './tier-choice.ts';

/** A version as it stands in the table, or as it would be written. */
export interface KeptVersion {
  readonly version: number;
  readonly rules: PolicyRules;
  readonly effectiveFrom: Date;
  readonly loosens: boolean;
  /** Whoever agreed on it does not use it yet; see `AUTHORS_WAIT_MS`. */
  readonly isNew: boolean;
  readonly proposedBy: string | null;
  readonly confirmedBy: string | null;
}

/** What is asked of approvers, and by which version and tier. */
export interface Requirement {
  readonly version: string;
  readonly tier: number;
  readonly needs: Needs;
  readonly expiresAfterHours: number;
  readonly cancelWindowMinutes: number;
  /** See `Standing`. */
  readonly authors: readonly string[];
}

/** What a withdrawal says of the rule it stands under. */
export interface Cited {
  readonly policyVersion: string;
  /** Null where it was asked for before there were policies. */
  readonly policyTier?: number | null;
  readonly approvalsRequired: number;
}

/** The rule a withdrawal stands under, as its decisions need it. */
export interface Standing {
  /** How many tiers the version it cites has; null where there were no policies yet. */
  readonly tiers: number | null;
  readonly needs: Needs;
  readonly cancelWindowMinutes: number;
  /** Who agreed on rules that ask for less, and does not use them on their first day. */
  readonly authors: readonly string[];
  /** Rules in force now ask for more than this version does. */
  readonly tightened: boolean;
}

/** Whoever loosens a rule does not approve under it for so long after it takes effect. */
export const AUTHORS_WAIT_MS = 24 * 3_600_000;

/** Looks up which rules are in force, and what they ask for, by the database's clock. */
export class PolicyBook {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #prices: Prices;
  readonly #first: PolicyRules;

  constructor(deps: { em: EntityManager; audit: AuditTrail; prices: Prices; first: PolicyRules }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#prices = deps.prices;
    this.#first = deps.first;
  }

  /** The newest version whose time has come. Until one is kept, it is the settings'. */
  async current(): Promise<KeptVersion> {
    const text = `${VERSIONS} where effective_from <= clock_timestamp() order by no desc limit 1`;
    const [row] = await sql<Row>(this.#em, text);
    return row ? kept(row) : this.#unkept();
  }

  /** What an amount takes by the rules in force. In a transaction: whatever cites a version needs it kept. */
  async requirementFor(placed: { readonly amount: Amount; readonly escalated: boolean }): Promise<Requirement> {
    const version = await this.current();
    if (version.version === 1) await this.keepFirst();
    return this.#requirement(version, placed);
  }

  /** What a withdrawal that cites a version stands under. */
  async standing(cited: Cited, placed: { readonly amount: Amount; readonly escalated: boolean }): Promise<Standing> {
    const current = await this.current();
    const isCurrent = String(current.version) === cited.policyVersion;
    const version = isCurrent ? current : await this.#cited(cited.policyVersion);
    const needs = needsOf(cited, version);
    const { cancelWindowMinutes } = (version ?? current).rules;
    const tightened = !isCurrent && !asStrictAs(needs, (await this.#requirement(current, placed)).needs);
    const tiers = version?.rules.tiers.length ?? null;
    return { needs, tiers, cancelWindowMinutes, authors: waiting(version), tightened };
  }

  /** Once in an installation's life, with the first withdrawal or the first change; from then on the settings only say what was. */
  async keepFirst(): Promise<void> {
    const { rules, effectiveFrom } = this.#unkept();
    const made = await sql(
      this.#em,
      `insert into policy_versions (id, no, rules, effective_from, loosens, confirmed_at, applied_at)
       select ?, 1, ?::jsonb, ?, false, now(), now() where not exists (select 1 from policy_versions)
       on conflict do nothing returning no`,
      [newId(), JSON.stringify(rules), effectiveFrom],
    );
    if (made.length === 0) return;
    const subject = { type: 'policy', id: '1' } as const;
    this.#audit.record({ action: 'policy.taken_over', subject, by: SETTINGS, after: { version: 1 } });
  }

  async #requirement(
    kept: KeptVersion,
    placed: { readonly amount: Amount; readonly escalated: boolean },
  ): Promise<Requirement> {
    const { version, rules } = kept;
    const counts = rules.tiers.some(({ from }) => from.value !== null);
    const worth = counts ? await this.#prices.worth(placed.amount) : 'unpriced';
    const tier = tierOf(rules, { ...placed, worth });
    const { approvals, groups } = rules.tiers[tier - 1] ?? NEVER;
    const { expiresAfterHours, cancelWindowMinutes } = rules;
    const times = { expiresAfterHours, cancelWindowMinutes };
    return { version: String(version), tier, needs: { approvals, groups }, ...times, authors: waiting(kept) };
  }

  async #cited(version: string): Promise<KeptVersion | null> {
    const [row] = await sql<Row>(this.#em, `${VERSIONS} where no::text = ?`, [version]);
    return row ? kept(row) : null;
  }

  #unkept(): KeptVersion {
    const none = { loosens: false, isNew: false, proposedBy: null, confirmedBy: null };
    return { version: 1, rules: this.#first, effectiveFrom: new Date(0), ...none };
  }
}

const VERSIONS = `
  select *, effective_from > clock_timestamp() - make_interval(secs => ${AUTHORS_WAIT_MS / 1000}) as is_new
  from policy_versions`;

const SETTINGS = { type: 'system', id: 'settings' } as const;

/** A tier that nobody can meet: what cannot be placed is not approved. */
const NEVER: Needs = { approvals: 11, groups: NOBODY_IN_PARTICULAR };

interface Row {
  readonly no: number;
  readonly rules: PolicyRules;
  readonly effective_from: Date | string;
  readonly loosens: boolean;
  readonly is_new: boolean;
  readonly proposed_by: string | null;
  readonly confirmed_by: string | null;
}

const kept = ({ no, rules, loosens, ...row }: Row): KeptVersion => ({
  ...{ version: no, rules, loosens, isNew: row.is_new, effectiveFrom: new Date(row.effective_from) },
  ...{ proposedBy: row.proposed_by, confirmedBy: row.confirmed_by },
});

const waiting = (version: KeptVersion | null): string[] =>
  version?.loosens && version.isNew ? [version.proposedBy, version.confirmedBy].filter((id) => id !== null) : [];

/** Asked for before there were policies, it takes as many people as its row says; and never fewer than that. */
function needsOf({ policyTier, approvalsRequired }: Cited, version: KeptVersion | null): Needs {
  const tier = policyTier ? version?.rules.tiers[policyTier - 1] : undefined;
  if (policyTier && !tier) return NEVER;
  return {
    approvals: Math.max(approvalsRequired, tier?.approvals ?? 0),
    groups: tier?.groups ?? NOBODY_IN_PARTICULAR,
  };
}
