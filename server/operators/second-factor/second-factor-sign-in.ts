import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { AttemptLimit } from '../attempt-limit.ts';
import type { SecondFactorProof } from '../contract.ts';
import type { OperatorSessions, RenewedSession } from '../operator-sessions.ts';
import type { SecondFactorService } from './second-factor.service.ts';

interface Needs {
  readonly audit: AuditTrail;
  readonly attempts: AttemptLimit;
  readonly secondFactors: SecondFactorService;
  readonly operatorSessions: OperatorSessions;
}

/** Who goes on with a half-open session. */
type Person = ActingParty & { readonly type: 'operator' };
type Refusal = 'rate.limited' | 'second_factor.wrong_code' | 'second_factor.code_used';
type Ending<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'refused'; readonly refusal: Refusal };
const refused = (refusal: Refusal) => ({ kind: 'refused', refusal }) as const;

const TEXTS: Readonly<Record<Refusal, string>> = {
  'rate.limited': 'too many tries: wait a quarter of an hour',
  'second_factor.wrong_code': 'the code is not right',
  'second_factor.code_used': 'this code was used already: wait for the next one',
};

/**
 * The second step of signing in. A refusal is committed before it is thrown: the try stays counted and recorded, which
 * the procedure's own transaction would take back.
 */
export class SecondFactorSignIn {
  readonly #sessions: Sessions<Needs>;

  constructor(deps: { sessions: Sessions<Needs> }) {
    this.#sessions = deps.sessions;
  }

  /** Throws `rate.limited`, `second_factor.wrong_code` or `second_factor.code_used`. */
  verify(proof: SecondFactorProof, by: Person): Promise<RenewedSession> {
    return this.#attempt(by, async ({ secondFactors, operatorSessions, audit }) => {
      const refusal = await spend(secondFactors, proof, by.id);
      if (refusal) return refused(refusal);
      const after = { with: 'code' in proof ? 'code' : 'recovery code' };
      audit.record({ action: 'second_factor.passed', subject: { type: 'operator', id: by.id }, by, after });
      return { kind: 'done', value: await operatorSessions.pass(by.sessionId) };
    });
  }

  /** Puts the new key in force and lets the session pass. Throws the same, and `second_factor.not_begun`. */
  confirm(code: string, by: Person): Promise<RenewedSession & { readonly recoveryCodes: string[] }> {
    return this.#attempt(by, async ({ secondFactors, operatorSessions }) => {
      const recoveryCodes = await secondFactors.confirm(by.id, code, by);
      if (!recoveryCodes) return refused('second_factor.wrong_code');
      return { kind: 'done', value: { recoveryCodes, ...(await operatorSessions.pass(by.sessionId)) } };
    });
  }

  async #attempt<T>(by: Person, work: (services: Needs) => Promise<Ending<T>>): Promise<T> {
    const ending = await this.#sessions.inTransaction(async (services) => {
      const bucket = `code:${by.id}`;
      const isAllowed = await services.attempts.take(bucket);
      const result = isAllowed ? await work(services) : refused('rate.limited');
      if (result.kind === 'done') await services.attempts.giveBack(bucket);
      else recordRefusal(services.audit, result.refusal, by);
      return result;
    });
    if (ending.kind === 'done') return ending.value;
    throw new DomainError(ending.refusal, TEXTS[ending.refusal]);
  }
}

function recordRefusal(audit: AuditTrail, refusal: Refusal, by: Person): void {
  audit.record({
    action: 'second_factor.refused',
    subject: { type: 'operator', id: by.id },
    by,
    after: { because: refusal },
  });
}

async function spend(factors: SecondFactorService, proof: SecondFactorProof, id: string): Promise<Refusal | null> {
  if ('recoveryCode' in proof) {
    return (await factors.spendRecoveryCode(id, proof.recoveryCode)) === null ? 'second_factor.wrong_code' : null;
  }
  const verdict = await factors.spendCode(id, proof.code);
  if (verdict === 'right') return null;
  return verdict === 'used' ? 'second_factor.code_used' : 'second_factor.wrong_code';
}
