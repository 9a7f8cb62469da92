import { DomainError } from '#server/kernel/errors.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { SecondFactorProof } from '../contract.ts';
import type { OperatorSessions, RenewedSession } from '../operator-sessions.ts';
import type { PersonAtDoor } from '../session-reader.ts';
import { type CodeRefusal, type Ending, type TryNeeds, tryCode } from './code-tries.ts';
import type { SecondFactorService } from './second-factor.service.ts';
import { tellOwner } from './tell-owner.ts';

interface Needs extends TryNeeds {
  readonly secondFactors: SecondFactorService;
  readonly operatorSessions: OperatorSessions;
  readonly notifications: Announcer;
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

  /**
   * The key of a new app. A session that was opened minutes ago is proof enough; later it takes the password of now, for a
   * stolen cookie must not become a factor of its own. Throws `auth.password_required`, `password.wrong`, `rate.limited`,
   * `second_factor.exists`.
   */
  begin(password: string | undefined, by: PersonAtDoor): Promise<string> {
    if (password === undefined) return this.#sessions.inTransaction((services) => begunWhileFresh(services, by));
    const trier = { by, refusedAs: 'second_factor.refused', kind: 'password' } as const;
    return tryCode<Needs, string>(this.#sessions, trier, async ({ secondFactors }) => {
      if (!(await secondFactors.isPasswordOf(by.id, password))) return { kind: 'refused', refusal: 'password.wrong' };
      return { kind: 'done', value: await secondFactors.begin(by.id, by) };
    });
  }

  /**
   * Puts the new key in force and lets the session pass; the person's other sessions end, and they are told. Throws the
   * same as `verify`, and `second_factor.not_begun`.
   */
  confirm(code: string, by: PersonAtDoor): Promise<PassedSession & { readonly recoveryCodes: string[] }> {
    return this.#attempt(by, async (services) => {
      const recoveryCodes = await services.secondFactors.confirm(by.id, code, by);
      if (!recoveryCodes) return { kind: 'refused', refusal: 'second_factor.wrong_code' };
      await services.operatorSessions.endOthers(by, 'second factor set up');
      tellOwner(services.notifications, 'operator.second_factor_set_up', by);
      return { kind: 'done', value: { recoveryCodes, ...(await passed(services, by)) } };
    });
  }

  #attempt<T>(by: PersonAtDoor, work: (services: Needs) => Promise<Ending<T>>): Promise<T> {
    return tryCode(this.#sessions, { by, refusedAs: 'second_factor.refused' }, work);
  }
}

async function begunWhileFresh({ secondFactors, operatorSessions }: Needs, by: PersonAtDoor): Promise<string> {
  if (await operatorSessions.isFresh(by.sessionId)) return secondFactors.begin(by.id, by);
  throw new DomainError('auth.password_required', 'the sign-in was a while ago: the password of now is needed');
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
