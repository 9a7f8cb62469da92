import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty, CallOrigin, OperatorRole } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { InvitationAcceptInput, InvitationView, InviteInput } from '../contract.ts';
import type { OperatorService } from '../operator.service.ts';
import type { NewRights } from './new-rights.ts';

const TOKEN_BYTES = 32;
const VALID_HOURS = 72;

interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: OperatorRole;
  readonly expires_at: Date;
}

/** How somebody becomes an operator without a command: by a link that an administrator hands over, kept as a hash. */
export class Invitations {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #operators: OperatorService;
  readonly #newRights: NewRights;

  constructor(deps: { em: EntityManager; audit: AuditTrail; operators: OperatorService; newRights: NewRights }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#operators = deps.operators;
    this.#newRights = deps.newRights;
  }

  /** The token is shown this once. One for the same address that is still open is taken back. Throws `operator.email_taken`. */
  async invite(
    { email, role }: InviteInput,
    by: ActingParty,
  ): Promise<{ id: string; token: string; expiresAt: string }> {
    const address = email.toLowerCase();
    if (await this.#operators.idOf(address)) {
      throw new DomainError('operator.email_taken', 'there is an operator with this e-mail address already');
    }
    await sql(this.#em, `update operator_invitations set revoked_at = now() where email = ? and ${OPEN}`, [address]);
    const [id, token] = [newId(), randomBytes(TOKEN_BYTES).toString('base64url')];
    const [row] = await sql<{ expires_at: Date }>(
      this.#em,
      `insert into operator_invitations (id, email, role, token_hash, invited_by, expires_at)
       values (?, ?, ?, ?, ?, now() + make_interval(hours => ?)) returning expires_at`,
      [id, address, role, hashOf(token), by.id, VALID_HOURS],
    );
    const subject = { type: 'operator', id } as const;
    this.#audit.record({ action: 'operator.invited', subject, by, after: { email: address, role } });
    return { id, token, expiresAt: new Date(row?.expires_at ?? 0).toISOString() };
  }

  /** Those that can still be accepted. */
  async open(): Promise<InvitationView[]> {
    const rows = await sql<InvitationRow>(
      this.#em,
      `select id, email, role, expires_at from operator_invitations where ${OPEN} and expires_at > now()
       order by created_at desc limit ?`,
      [INVITATIONS_MAX],
    );
    return rows.map(({ expires_at, ...row }) => ({ ...row, expiresAt: new Date(expires_at).toISOString() }));
  }

  /** Throws `invitation.not_found`. */
  async revoke(id: string, by: ActingParty): Promise<void> {
    const gone = await sql(
      this.#em,
      `update operator_invitations set revoked_at = now() where id = ? and ${OPEN} returning id`,
      [id],
    );
    if (gone.length === 0) throw notFound();
    this.#audit.record({ action: 'operator.invitation_revoked', subject: { type: 'operator', id }, by });
  }

  /** Whom a link is for. Throws `invitation.not_found`, in the same words for one that was used, taken back or never was. */
  async look(token: string): Promise<{ email: string; role: OperatorRole }> {
    const [row] = await sql<InvitationRow>(
      this.#em,
      `select email, role from operator_invitations where token_hash = ? and ${OPEN} and expires_at > now()`,
      [hashOf(token)],
    );
    if (!row) throw notFound();
    return { email: row.email, role: row.role };
  }

  /** Opens once. Where the role needs a second factor, the first sign-in asks for it. Throws also `password.refused`. */
  async accept({ token, name, password }: InvitationAcceptInput, origin: CallOrigin): Promise<{ email: string }> {
    const [row] = await sql<InvitationRow & { readonly inviter: string }>(
      this.#em,
      `update operator_invitations set accepted_at = now() where token_hash = ? and ${OPEN} and expires_at > now()
       returning id, email, role, (select name from operators o where o.id = invited_by) as inviter`,
      [hashOf(token)],
    );
    if (!row) throw notFound();
    const by = { type: 'system', id: `invitation ${row.id}`, origin } as const;
    const { email, role } = row;
    const countsFrom = await this.#newRights.countsFrom(role);
    const { id } = await this.#operators.create({ email, role, name, password }, by, { countsFrom });
    this.#newRights.tell({ id, name, role, by: row.inviter, countsFrom });
    return { email };
  }
}

const OPEN = 'accepted_at is null and revoked_at is null';
const INVITATIONS_MAX = 200;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const notFound = () => new DomainError('invitation.not_found', 'this invitation is over: ask for another one');
