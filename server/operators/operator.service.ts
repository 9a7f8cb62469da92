import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { OperatorCreateInput } from './contract.ts';
import { Operator, OperatorAccount } from './operator.entity.ts';
import { hashOfNewPassword } from './passwords/new-password.ts';

/** People who may sign in. */
export class OperatorService {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(deps: { em: EntityManager; audit: AuditTrail; clock: Clock }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** Throws `operator.email_taken`, `password.refused`. */
  async create(
    input: OperatorCreateInput,
    by: ActingParty,
    { countsFrom = null }: { readonly countsFrom?: Date | null } = {},
  ): Promise<{ id: string }> {
    const email = input.email.toLowerCase();
    if ((await this.#em.count(Operator, { email })) > 0) {
      throw new DomainError('operator.email_taken', 'there is an operator with this e-mail address already');
    }
    const id = newId();
    const now = this.#clock.now();
    const { name, role } = input;
    this.#em.persist(
      this.#em.create(Operator, {
        id,
        email,
        emailVerified: true,
        name,
        image: null,
        role,
        disabledAt: null,
        countsFrom,
        createdAt: now,
        updatedAt: now,
      }),
    );
    this.#em.persist(
      this.#em.create(OperatorAccount, {
        id: newId(),
        operatorId: id,
        accountId: id,
        providerId: 'credential',
        password: await hashOfNewPassword(input.password, { email, name }),
        createdAt: now,
        updatedAt: now,
      }),
    );
    this.#audit.record({
      action: 'operator.created',
      subject: { type: 'operator', id },
      by,
      after: { email, name, role, countsFrom: countsFrom?.toISOString() ?? null },
    });
    return { id };
  }

  async idOf(email: string): Promise<string | null> {
    return (await this.#em.findOne(Operator, { email: email.toLowerCase() }))?.id ?? null;
  }

  /** Throws `auth.forbidden` for an operator who is disabled: the sign-in that asks is refused. */
  async refuseDisabled(id: string): Promise<void> {
    const operator = await this.#em.findOne(Operator, { id });
    if (!operator || operator.disabledAt) throw new DomainError('auth.forbidden', 'this operator may not sign in');
  }
}
