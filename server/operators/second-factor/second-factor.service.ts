import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { sql } from '#server/database/sql.ts';
import type { Delegations } from '#server/delegations/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { Passkeys } from '../passkeys/passkeys.ts';
import { accountOf } from '../passwords/own-password.ts';
import { fromBase32, toBase32 } from './base32.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { matchingStep } from './totp.ts';

const KEY_BYTES = 20;

/** Seals the keys of authenticator apps for the table. */
export interface KeyCipher {
  seal(text: Secret, ownerId: string): string;
  open(sealed: string, ownerId: string): Secret;
}

/** `used`: the right code of a time step that was spent already. */
export type CodeVerdict = 'right' | 'wrong' | 'used';

interface FactorRow {
  readonly id: string;
  readonly sealed_key: string;
  /** By the database's clock. */
  readonly now: Date | string;
}

/** What a colleague says of it; the command on the machine says nothing. */
interface GivenReset {
  readonly reason: string;
  /** When the right counts again; null: at once. */
  readonly countsFrom: string | null;
}

/** Authenticator apps and recovery codes, by the database's clock. A code counts once; recovery codes are kept as hashes and shown once. */
export class SecondFactorService {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #cipher: KeyCipher;
  readonly #delegations: Delegations;
  readonly #passkeys: Passkeys;

  constructor(deps: {
    em: EntityManager;
    audit: AuditTrail;
    cipher: KeyCipher;
    delegations: Delegations;
    passkeys: Passkeys;
  }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#cipher = deps.cipher;
    this.#delegations = deps.delegations;
    this.#passkeys = deps.passkeys;
  }

  /**
   * A new key in base32, to be confirmed by a code; it takes the place of one that was never confirmed. Throws
   * `second_factor.exists`: what is in force is replaced by nobody who has only the password.
   */
  async begin(operatorId: string, by: ActingParty, key = newTotpKey()): Promise<string> {
    if (await this.#factor(operatorId, 'in force')) {
      throw new DomainError('second_factor.exists', 'this operator has a second factor already');
    }
    await sql(this.#em, 'delete from operator_second_factors where operator_id = ? and confirmed_at is null', [
      operatorId,
    ]);
    const id = newId();
    await sql(
      this.#em,
      'insert into operator_second_factors (id, operator_id, sealed_key, created_at) values (?, ?, ?, now())',
      [id, operatorId, this.#cipher.seal(new Secret(key), id)],
    );
    this.#record('second_factor.begun', operatorId, by);
    return key;
  }

  /** The first code of the new key puts it in force. Resolves to the recovery codes; null for a wrong code. */
  async confirm(operatorId: string, code: string, by: ActingParty): Promise<string[] | null> {
    const factor = await this.#factor(operatorId, 'unconfirmed');
    if (!factor) throw new DomainError('second_factor.not_begun', 'there is no key to confirm');
    const step = this.#stepOf(factor, code);
    if (step === null) return null;
    await sql(this.#em, 'update operator_second_factors set confirmed_at = now(), last_step = ? where id = ?', [
      step,
      factor.id,
    ]);
    this.#record('second_factor.set_up', operatorId, by);
    return this.#recoveryCodesFor(factor);
  }

  /** In place of all there were, used or not. Throws `auth.forbidden` where there is no second factor. */
  async renewRecoveryCodes(operatorId: string, by: ActingParty): Promise<string[]> {
    const factor = await this.#factor(operatorId, 'in force');
    if (!factor) throw new DomainError('auth.forbidden', 'register an authenticator app first');
    await sql(this.#em, 'delete from operator_recovery_codes where factor_id = ?', [factor.id]);
    this.#record('second_factor.recovery_codes_renewed', operatorId, by);
    return this.#recoveryCodesFor(factor);
  }

  /** Spends the code of an authenticator app: it, and every older one, never counts again. */
  async spendCode(operatorId: string, code: string): Promise<CodeVerdict> {
    const factor = await this.#factor(operatorId, 'in force');
    const step = factor && this.#stepOf(factor, code);
    if (!factor || step === null) return 'wrong';
    const taken = await sql(
      this.#em,
      'update operator_second_factors set last_step = ? where id = ? and last_step < ? returning id',
      [step, factor.id, step],
    );
    return taken.length > 0 ? 'right' : 'used';
  }

  /** Spends a recovery code. Resolves to how many are left; null when it is none. */
  async spendRecoveryCode(operatorId: string, code: string): Promise<number | null> {
    const spent = await sql<{ factor_id: string }>(
      this.#em,
      `update operator_recovery_codes c set used_at = now() from operator_second_factors f
       where f.id = c.factor_id and f.operator_id = ? and f.confirmed_at is not null and c.hash = ? and c.used_at is null
       returning c.factor_id`,
      [operatorId, hashOfRecoveryCode(code)],
    );
    return spent.length > 0 ? this.recoveryCodesLeft(operatorId) : null;
  }

  async isPasswordOf(operatorId: string, password: string): Promise<boolean> {
    return (await accountOf(this.#em, operatorId, password)) !== null;
  }

  async isSetUp(operatorId: string): Promise<boolean> {
    return (await this.#factor(operatorId, 'in force')) !== undefined;
  }

  async recoveryCodesLeft(operatorId: string): Promise<number> {
    const [row] = await sql<{ left: number }>(
      this.#em,
      `select count(*)::int as left from operator_recovery_codes c join operator_second_factors f on f.id = c.factor_id
       where f.operator_id = ? and f.confirmed_at is not null and c.used_at is null`,
      [operatorId],
    );
    return row?.left ?? 0;
  }

  /**
   * For a lost phone: the app, its recovery codes and every passkey are gone, for a passkey signs in alone, and the
   * operator's sessions with them. They set up a new app at the next sign-in. Where a colleague does it, `Team` asks who.
   */
  async reset(operatorId: string, by: ActingParty, given?: GivenReset): Promise<void> {
    await sql(this.#em, 'delete from operator_second_factors where operator_id = ?', [operatorId]);
    await this.#passkeys.removeAll(operatorId, by);
    await sql(this.#em, 'delete from operator_sessions where operator_id = ?', [operatorId]);
    this.#audit.record({
      action: 'second_factor.reset',
      subject: { type: 'operator', id: operatorId },
      by,
      ...(given && { reason: given.reason, after: { countsFrom: given.countsFrom } }),
    });
    await this.#delegations.endOf(operatorId, 'second_factor_reset', by);
  }

  async #recoveryCodesFor({ id }: FactorRow): Promise<string[]> {
    const codes = newRecoveryCodes();
    for (const each of codes) {
      const row = [newId(), id, hashOfRecoveryCode(each)];
      await sql(this.#em, 'insert into operator_recovery_codes (id, factor_id, hash) values (?, ?, ?)', row);
    }
    return codes;
  }

  async #factor(operatorId: string, which: 'in force' | 'unconfirmed'): Promise<FactorRow | undefined> {
    const [factor] = await sql<FactorRow>(
      this.#em,
      `select id, sealed_key, clock_timestamp() as now from operator_second_factors
       where operator_id = ? and (confirmed_at is not null) = ?`,
      [operatorId, which === 'in force'],
    );
    return factor;
  }

  #stepOf({ id, sealed_key, now }: FactorRow, code: string): number | null {
    return matchingStep(fromBase32(this.#cipher.open(sealed_key, id).reveal()), code, new Date(now));
  }

  #record(action: string, operatorId: string, by: ActingParty): void {
    this.#audit.record({ action, subject: { type: 'operator', id: operatorId }, by });
  }
}

const newTotpKey = (): string => toBase32(randomBytes(KEY_BYTES));
