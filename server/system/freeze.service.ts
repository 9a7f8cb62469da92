import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import { refuseNewcomer } from '#server/dual-control/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { FreezeInput, FreezeTarget, FreezeView, UnfreezeInput } from './contract.ts';
import { Freeze } from './freeze.entity.ts';

/** Sets and lifts stops. Whoever sends asks `SystemService.stopFor`. */
export class FreezeService {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;

  constructor(deps: { em: EntityManager; audit: AuditTrail; notifications: Announcer }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
  }

  /**
   * Stops all new sending that the scope covers, at once. What is frozen already stays so under its first reason, and a
   * proposal to lift it is void. Errors: `asset.unknown`, `wallet.not_found`.
   */
  async freeze({ reason, ...target }: FreezeInput, by: ActingParty): Promise<FreezeView> {
    await this.#refuseUnknown(target);
    const { scope } = target;
    const open = await this.#em.findOne(
      Freeze,
      { scope, target: targetOf(target), liftedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    const now = await databaseNow(this.#em);
    const freeze = open ?? this.#em.create(Freeze, fresh(target, { reason, by: by.id, at: now }));
    if (open) open.voidProposal();
    else this.#em.persist(freeze);
    this.#record(open ? 'freeze.renewed' : 'freeze.set', freeze, { by, reason });
    if (!open) this.#announce('system.frozen', freeze, reason);
    return this.#view(freeze);
  }

  /**
   * The first admin proposes, another one lifts within a day; a proposal that does not stand is none. Errors: `freeze.not_found`, `already_lifted`, `second_admin_needed`,
   * `auth.newcomer`.
   */
  async unfreeze({ id, reason }: UnfreezeInput, by: ActingParty): Promise<FreezeView> {
    refuseNewcomer(by);
    const freeze = await this.#em.findOne(Freeze, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!freeze) throw new DomainError('freeze.not_found', 'there is no such freeze', { detail: { id } });
    if (!freeze.liftedAt && (await this.#standing([freeze])).size === 0) freeze.voidProposal();
    const step = freeze.lift({ by: by.id, at: await databaseNow(this.#em), reason });
    this.#record(step === 'lifted' ? 'freeze.lifted' : 'freeze.lift_proposed', freeze, { by, reason });
    if (step === 'lifted') this.#announce('system.unfrozen', freeze, reason);
    return this.#view(freeze);
  }

  /** What is frozen now, the oldest first. */
  async open(): Promise<FreezeView[]> {
    const freezes = await this.#em.find(Freeze, { liftedAt: null }, { orderBy: { frozenAt: 'asc', id: 'asc' } });
    const names = await this.#names(freezes);
    const standing = await this.#standing(freezes);
    return freezes.map((freeze) => {
      const { liftProposed, ...view } = toView(freeze, names);
      return { ...view, liftProposed: standing.has(freeze.id) ? liftProposed : null };
    });
  }

  /** Those whose lift is proposed by somebody who may still decide, no more than a day ago. */
  async #standing(freezes: readonly Freeze[]): Promise<ReadonlySet<string>> {
    const ids = freezes.flatMap(({ id, liftProposedBy }) => (liftProposedBy ? [id] : []));
    if (ids.length === 0) return new Set();
    const rows = await sql<{ id: string }>(
      this.#em,
      'select id from freezes where id = any(?::uuid[]) and lift_stands(lift_proposed_by, lift_proposed_at)',
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async #refuseUnknown(asked: FreezeTarget): Promise<void> {
    if (asked.scope === 'asset') {
      const known = await sql(this.#em, 'select 1 from assets where asset = ?', [asked.target]);
      if (known.length === 0) {
        throw new DomainError('asset.unknown', `there is no asset ${asked.target}`, {
          detail: { asset: asked.target },
        });
      }
    }
    if (asked.scope === 'wallet') {
      const known = await sql(this.#em, 'select 1 from wallets where id = ?', [asked.target]);
      if (known.length === 0) {
        throw new DomainError('wallet.not_found', 'there is no such wallet', { detail: { id: asked.target } });
      }
    }
  }

  #record(action: string, { id, scope, target }: Freeze, { by, reason }: { by: ActingParty; reason: string }): void {
    const subject = { type: 'freeze', id } as const;
    this.#audit.record({ action, subject, by, reason, after: { scope, target: target ?? null } });
  }

  #announce(type: 'system.frozen' | 'system.unfrozen', { scope, target }: Freeze, reason: string): void {
    this.#notifications.announce({ type, subject: { type: 'system', id: target ?? scope }, reason });
  }

  async #view(freeze: Freeze): Promise<FreezeView> {
    return toView(freeze, await this.#names([freeze]));
  }

  async #names(freezes: readonly Freeze[]): Promise<ReadonlyMap<string, string>> {
    const ids = freezes.flatMap(({ frozenBy, liftProposedBy }) => [frozenBy, liftProposedBy ?? []].flat());
    const rows = await sql<{ id: string; name: string }>(
      this.#em,
      'select id, name from operators where id = any(?::uuid[])',
      [[...new Set(ids)]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

const targetOf = (asked: FreezeTarget): string | null => (asked.scope === 'all' ? null : asked.target);

const fresh = (asked: FreezeTarget, { reason, by, at }: { reason: string; by: string; at: Date }) => ({
  id: newId(),
  scope: asked.scope,
  target: targetOf(asked),
  reason,
  frozenBy: by,
  frozenAt: at,
  liftProposedBy: null,
  liftProposedAt: null,
  liftReason: null,
  liftedBy: null,
  liftedAt: null,
});

function toView(freeze: Freeze, names: ReadonlyMap<string, string>): FreezeView {
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const { liftProposedBy, liftProposedAt, liftReason } = freeze;
  return {
    id: freeze.id,
    scope: freeze.scope,
    target: freeze.target ?? null,
    reason: freeze.reason,
    frozenBy: person(freeze.frozenBy),
    frozenAt: freeze.frozenAt.toISOString(),
    liftProposed:
      liftProposedBy && liftProposedAt
        ? { by: person(liftProposedBy), at: liftProposedAt.toISOString(), reason: liftReason ?? null }
        : null,
    liftedAt: freeze.liftedAt?.toISOString() ?? null,
  };
}
