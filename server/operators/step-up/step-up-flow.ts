import type { AuditTrail } from '#server/audit/index.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { AttemptLimit } from '../attempt-limit.ts';
import type { PasskeyRequest, StepUpProof } from '../contract.ts';
import type { SecondFactorService } from '../second-factor/second-factor.service.ts';
import { actionDigest } from './action-digest.ts';
import type { Passkeys } from './passkeys.ts';
import type { OpenStepUp, Person, StepUps } from './step-ups.ts';

interface Needs {
  readonly audit: AuditTrail;
  readonly attempts: AttemptLimit;
  readonly secondFactors: SecondFactorService;
  readonly passkeys: Passkeys;
  readonly stepUps: StepUps;
}

type Refusal = 'rate.limited' | 'second_factor.wrong_code' | 'second_factor.code_used' | 'auth.step_up_required';

const TEXTS: Readonly<Record<Refusal, string>> = {
  'rate.limited': 'too many tries: wait a quarter of an hour',
  'second_factor.wrong_code': 'the second factor is not right',
  'second_factor.code_used': 'this code was used already: wait for the next one',
  'auth.step_up_required': 'this question is over: begin again',
};

/** Asks for the second factor once more before an action. A refusal is committed before it is thrown, so that it counts. */
export class StepUpFlow {
  readonly #sessions: Sessions<Needs>;

  constructor(deps: { sessions: Sessions<Needs> }) {
    this.#sessions = deps.sessions;
  }

  /** Throws `auth.forbidden` for who has no second factor, `input.invalid`. */
  begin(action: string, input: unknown, by: Person): Promise<{ id: string; passkey: PasskeyRequest | null }> {
    const digest = actionDigest(action, input);
    return this.#sessions.inTransaction(async ({ stepUps, passkeys, secondFactors }) => {
      if (!(await secondFactors.isSetUp(by.id))) {
        throw new DomainError('auth.forbidden', 'register an authenticator app first');
      }
      const { id, challenge } = await stepUps.begin(action, digest, by);
      return { id, passkey: await passkeys.requestFor(by.id, challenge) };
    });
  }

  /** Throws `rate.limited`, `second_factor.wrong_code`, `second_factor.code_used`; `auth.step_up_required` when it is over. */
  async confirm(id: string, proof: StepUpProof, by: Person): Promise<void> {
    const refusal = await this.#sessions.inTransaction(async (services) => {
      const bucket = `code:${by.id}`;
      if (!(await services.attempts.take(bucket))) return refused(services, 'rate.limited', by);
      const open = await services.stepUps.open(id, by);
      const found = open ? await whyNot(services, { open, proof, by }) : 'auth.step_up_required';
      if (found || !open) return refused(services, found ?? 'auth.step_up_required', by);
      await services.attempts.giveBack(bucket);
      await services.stepUps.confirm(id, 'code' in proof ? 'code' : 'passkey');
      const after = { stepUpId: id, action: open.action, with: 'code' in proof ? 'code' : 'passkey' };
      services.audit.record({ action: 'step_up.confirmed', subject: { type: 'operator', id: by.id }, by, after });
      return null;
    });
    if (refusal) throw new DomainError(refusal, TEXTS[refusal]);
  }
}

interface Answer {
  readonly open: OpenStepUp;
  readonly proof: StepUpProof;
  readonly by: Person;
}

async function whyNot({ secondFactors, passkeys }: Needs, { open, proof, by }: Answer): Promise<Refusal | null> {
  if ('assertion' in proof) {
    return (await passkeys.isRight(by.id, open.challenge, proof.assertion)) ? null : 'second_factor.wrong_code';
  }
  const verdict = await secondFactors.spendCode(by.id, proof.code);
  if (verdict === 'right') return null;
  return verdict === 'used' ? 'second_factor.code_used' : 'second_factor.wrong_code';
}

function refused({ audit }: Needs, refusal: Refusal, by: Person): Refusal {
  const subject = { type: 'operator', id: by.id } as const;
  audit.record({ action: 'step_up.refused', subject, by, after: { because: refusal } });
  return refusal;
}
