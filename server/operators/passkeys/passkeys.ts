import type { EntityManager } from '@mikro-orm/postgresql';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { PasskeyAssertion, PasskeyRequest, PasskeyView } from '../contract.ts';

/** Where passkeys live: they open nothing on another site. */
export interface RelyingParty {
  /** A domain, or null where people reach the console by a number: passkeys need a name. */
  readonly id: string | null;
  readonly origin: string;
}

export interface KnownPasskey {
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly transports: readonly string[];
  readonly name: string;
  /** It never leaves its device, so its counter only rises. One that is kept in step between devices has none to speak of. */
  readonly deviceBound?: boolean;
  readonly signCount?: number;
}

interface PasskeyRow {
  readonly id: string;
  readonly operator_id: string;
  readonly credential_id: string;
  readonly public_key: string;
  readonly transports: string[];
  readonly sign_count: string;
  readonly device_bound: boolean;
}

/** An answer of an authenticator, and which questions we would have asked. */
interface Answer {
  readonly assertion: PasskeyAssertion;
  readonly isAsked: (challenge: string) => boolean | Promise<boolean>;
}

/** Passkeys of operators: a factor that knows the site it is asked by. */
export class Passkeys {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #site: RelyingParty;

  constructor(deps: { em: EntityManager; audit: AuditTrail; site: RelyingParty }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#site = deps.site;
  }

  /** Throws `passkey.exists`. */
  async add(operatorId: string, passkey: KnownPasskey, by: ActingParty): Promise<string> {
    const { credentialId, publicKey, transports, name, deviceBound = false, signCount = 0 } = passkey;
    const known = await sql(this.#em, 'select 1 from operator_passkeys where credential_id = ?', [credentialId]);
    if (known.length > 0) throw new DomainError('passkey.exists', 'this passkey is registered already');
    const id = newId();
    await sql(
      this.#em,
      `insert into operator_passkeys
         (id, operator_id, credential_id, public_key, transports, name, device_bound, sign_count, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, now())`,
      [id, operatorId, credentialId, publicKey, transports, name, deviceBound, signCount],
    );
    this.#record('passkey.added', operatorId, { passkeyId: id, name }, by);
    return id;
  }

  async list(operatorId: string): Promise<PasskeyView[]> {
    const rows = await sql<{ id: string; name: string; created_at: Date; last_used_at: Date | null }>(
      this.#em,
      'select id, name, created_at, last_used_at from operator_passkeys where operator_id = ? order by id',
      [operatorId],
    );
    return rows.map(({ id, name, created_at, last_used_at }) => ({
      id,
      name,
      createdAt: new Date(created_at).toISOString(),
      lastUsedAt: last_used_at && new Date(last_used_at).toISOString(),
    }));
  }

  /** Throws `passkey.not_found`, also for one of somebody else. */
  async remove(operatorId: string, passkeyId: string, by: ActingParty): Promise<void> {
    const [gone] = await sql<{ name: string }>(
      this.#em,
      'delete from operator_passkeys where id = ? and operator_id = ? returning name',
      [passkeyId, operatorId],
    );
    if (!gone) throw new DomainError('passkey.not_found', 'there is no such passkey');
    this.#record('passkey.removed', operatorId, { passkeyId, name: gone.name }, by);
  }

  /** Every one, such as of a phone that was lost: whoever found it must not come in by it. */
  async removeAll(operatorId: string, by: ActingParty): Promise<void> {
    const text = 'delete from operator_passkeys where operator_id = ? returning id, name';
    const gone = await sql<{ id: string; name: string }>(this.#em, text, [operatorId]);
    for (const { id, name } of gone) this.#record('passkey.removed', operatorId, { passkeyId: id, name }, by);
  }

  /** What the browser asks the authenticator with; null when there is nothing to ask. */
  async requestFor(operatorId: string, challenge: string): Promise<PasskeyRequest | null> {
    const rows = this.#site.id === null ? [] : await this.#of(operatorId);
    if (this.#site.id === null || rows.length === 0) return null;
    return {
      challenge,
      rpId: this.#site.id,
      userVerification: 'required',
      allowCredentials: rows.map(({ credential_id, transports }) => ({
        id: credential_id,
        type: 'public-key',
        transports,
      })),
    };
  }

  /** Whether this is the answer of one of the operator's passkeys to this challenge, on this site, with the person verified. */
  async isRight(operatorId: string, challenge: string, assertion: PasskeyAssertion): Promise<boolean> {
    const owner = await this.ownerBy({ assertion, isAsked: (given) => given === challenge }, operatorId);
    return owner !== null;
  }

  /** Whose passkey gave this answer, rightly; null when it did not. `only`: of this operator alone. */
  async ownerBy({ assertion, isAsked }: Answer, only?: string): Promise<string | null> {
    const [row] = await sql<PasskeyRow>(
      this.#em,
      'select * from operator_passkeys where credential_id = ? for update',
      [assertion.id],
    );
    if (!row || this.#site.id === null || (only !== undefined && row.operator_id !== only)) return null;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...assertion, rawId: assertion.id, type: 'public-key', clientExtensionResults: {} },
      expectedChallenge: isAsked,
      expectedOrigin: this.#site.origin,
      expectedRPID: this.#site.id,
      credential: {
        id: row.credential_id,
        publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
        counter: row.device_bound ? Number.parseInt(row.sign_count, 10) : 0,
      },
      requireUserVerification: true,
    }).catch(() => ({ verified: false, authenticationInfo: { newCounter: 0 } }));
    if (!verified) return null;
    await sql(
      this.#em,
      'update operator_passkeys set last_used_at = now(), sign_count = greatest(sign_count, ?) where id = ?',
      [authenticationInfo.newCounter, row.id],
    );
    return row.operator_id;
  }

  #of(operatorId: string): Promise<PasskeyRow[]> {
    return sql<PasskeyRow>(this.#em, 'select * from operator_passkeys where operator_id = ? order by id', [operatorId]);
  }

  // biome-ignore lint/complexity/useMaxParams: one line of the record
  #record(action: string, operatorId: string, after: { passkeyId: string; name: string }, by: ActingParty): void {
    this.#audit.record({ action, subject: { type: 'operator', id: operatorId }, by, after });
  }
}
