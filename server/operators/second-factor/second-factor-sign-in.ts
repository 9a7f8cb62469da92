import type { Sessions } from '#server/kernel/sessions.ts';
import type { SecondFactorProof } from '../contract.ts';
import type { OperatorSessions, RenewedSession } from '../operator-sessions.ts';
import type { PersonAtDoor } from '../session-reader.ts';
import { type CodeRefusal, type Ending, type TryNeeds, tryCode } from './code-tries.ts';
import type { SecondFactorService } from './second-factor.service.ts';

interface Needs extends TryNeeds {
  readonly secondFactors: SecondFactorService;
  readonly operatorSessions: OperatorSessions;
}

/** A sign-in that is complete, and what the browser keeps to be known again. */
export interface PassedSession extends RenewedSession {
  readonly deviceToken: string;
}

/** The second step of signing in. */
export class SecondFactorSignIn {
  readonly #sessions: Sessions<Needs>;

  constructor(deps: { sessions: Sessions<Needs> }) {
    this.#sessions = deps.sessions;
  }

  /** Throws `rate.limited`, `second_factor.wrong_code` or `second_factor.code_used`. */
  verify(proof: SecondFactorProof, by: PersonAtDoor): Promise<PassedSession> {
    return this.#attempt(by, async (services) => {
      const refusal = await spend(services.secondFactors, proof, by.id);
      if (refusal) return { kind: 'refused', refusal };
      const after = { with: 'code' in proof ? 'code' : 'recovery code' };
      services.audit.record({ action: 'second_factor.passed', subject: { type: 'operator', id: by.id }, by, after });
      return { kind: 'done', value: await passed(services, by) };
    });
  }

  /** Puts the new key in force and lets the session pass. Throws the same, and `second_factor.not_begun`. */
  confirm(code: string, by: PersonAtDoor): Promise<PassedSession & { readonly recoveryCodes: string[] }> {
    return this.#attempt(by, async (services) => {
      const recoveryCodes = await services.secondFactors.confirm(by.id, code, by);
      if (!recoveryCodes) return { kind: 'refused', refusal: 'second_factor.wrong_code' };
      return { kind: 'done', value: { recoveryCodes, ...(await passed(services, by)) } };
    });
  }

  #attempt<T>(by: PersonAtDoor, work: (services: Needs) => Promise<Ending<T>>): Promise<T> {
    return tryCode(this.#sessions, { by, refusedAs: 'second_factor.refused' }, work);
  }
}

async function passed({ operatorSessions, devices }: Needs, by: PersonAtDoor): Promise<PassedSession> {
  const renewed = await operatorSessions.pass(by.sessionId);
  const { token: deviceToken } = await devices.welcome(by.sessionId, by.deviceToken);
  return { ...renewed, deviceToken };
}

async function spend(factors: SecondFactorService, proof: SecondFactorProof, id: string): Promise<CodeRefusal | null> {
  if ('recoveryCode' in proof) {
    return (await factors.spendRecoveryCode(id, proof.recoveryCode)) === null ? 'second_factor.wrong_code' : null;
  }
  const verdict = await factors.spendCode(id, proof.code);
  if (verdict === 'right') return null;
  return verdict === 'used' ? 'second_factor.code_used' : 'second_factor.wrong_code';
}
