import type { EntityManager } from '@mikro-orm/postgresql';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import type { PasskeyAssertion, PasskeyRequest } from '../contract.ts';

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
}

interface PasskeyRow {
  readonly id: string;
  readonly credential_id: string;
  readonly public_key: string;
  readonly transports: string[];
}

/** Passkeys of operators: a second factor that knows the site it is asked by. */
export class Passkeys {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #site: RelyingParty;

  constructor(deps: { em: EntityManager; audit: AuditTrail; site: RelyingParty }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#site = deps.site;
  }

  async add(operatorId: string, passkey: KnownPasskey, by: ActingParty): Promise<string> {
    const { credentialId, publicKey, transports, name } = passkey;
    const id = newId();
    await sql(
      this.#em,
      `insert into operator_passkeys (id, operator_id, credential_id, public_key, transports, name, created_at)
       values (?, ?, ?, ?, ?, ?, now())`,
      [id, operatorId, credentialId, publicKey, transports, name],
    );
    this.#audit.record({
      action: 'passkey.added',
      subject: { type: 'operator', id: operatorId },
      by,
      after: { passkeyId: id, name },
    });
    return id;
  }

  list(operatorId: string): Promise<{ id: string; name: string }[]> {
    return sql(this.#em, 'select id, name from operator_passkeys where operator_id = ? order by id', [operatorId]);
  }

  async remove(operatorId: string, passkeyId: string, by: ActingParty): Promise<void> {
    const gone = await sql<{ name: string }>(
      this.#em,
      'delete from operator_passkeys where id = ? and operator_id = ? returning name',
      [passkeyId, operatorId],
    );
    for (const { name } of gone) {
      const after = { passkeyId, name };
      this.#audit.record({ action: 'passkey.removed', subject: { type: 'operator', id: operatorId }, by, after });
    }
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

  /**
   * Whether this is the answer of one of the operator's passkeys to this challenge, on this site, with the person verified.
   * Counters are not compared: passkeys that are kept in step between devices have none, and a challenge counts once.
   */
  async isRight(operatorId: string, challenge: string, assertion: PasskeyAssertion): Promise<boolean> {
    const row = (await this.#of(operatorId)).find(({ credential_id }) => credential_id === assertion.id);
    if (!row || this.#site.id === null) return false;
    const { verified } = await verifyAuthenticationResponse({
      response: { ...assertion, rawId: assertion.id, type: 'public-key', clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: this.#site.origin,
      expectedRPID: this.#site.id,
      credential: {
        id: row.credential_id,
        publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
        counter: 0,
      },
      requireUserVerification: true,
    }).catch(() => ({ verified: false }));
    if (verified) await sql(this.#em, 'update operator_passkeys set last_used_at = now() where id = ?', [row.id]);
    return verified;
  }

  #of(operatorId: string): Promise<PasskeyRow[]> {
    return sql<PasskeyRow>(
      this.#em,
      `select id, credential_id, public_key, transports from operator_passkeys where operator_id = ? order by id`,
      [operatorId],
    );
  }
}
