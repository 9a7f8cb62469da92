import { DomainError } from '#server/kernel/errors.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { PasskeyRequest, StepUpProof } from '../contract.ts';
import type { Passkeys } from '../passkeys/passkeys.ts';
import { type CodeRefusal, type Ending, type TryNeeds, tryCode } from '../second-factor/code-tries.ts';
import type { SecondFactorService } from '../second-factor/second-factor.service.ts';
import type { PersonAtDoor } from '../session-reader.ts';
import { actionDigest } from './action-digest.ts';
import type { OpenStepUp, Person, StepUps } from './step-ups.ts';

interface Needs extends TryNeeds {
  readonly secondFactors: SecondFactorService;
  readonly passkeys: Passkeys;
  readonly stepUps: StepUps;
}

/** Asks for the second factor once more before an action. */
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
  confirm(id: string, proof: StepUpProof, by: PersonAtDoor): Promise<void> {
    const trier = { by, refusedAs: 'step_up.refused' } as const;
    return tryCode(this.#sessions, trier, (services) => answered(services, { id, proof, by }));
  }
}

interface Answer {
  readonly id: string;
  readonly proof: StepUpProof;
  readonly by: PersonAtDoor;
}

async function answered(services: Needs, { id, proof, by }: Answer): Promise<Ending<undefined>> {
  const open = await services.stepUps.open(id, by);
  if (!open) return { kind: 'refused', refusal: 'auth.step_up_required' };
  const refusal = await whyNot(services, open, { id, proof, by });
  if (refusal) return { kind: 'refused', refusal };
  const given = 'code' in proof ? 'code' : 'passkey';
  await services.stepUps.confirm(id, given);
  const after = { stepUpId: id, action: open.action, with: given };
  services.audit.record({ action: 'step_up.confirmed', subject: { type: 'operator', id: by.id }, by, after });
  return { kind: 'done', value: undefined };
}

async function whyNot(
  { secondFactors, passkeys }: Needs,
  { challenge }: OpenStepUp,
  { proof, by }: Answer,
): Promise<CodeRefusal | null> {
  if ('assertion' in proof) {
    return (await passkeys.isRight(by.id, challenge, proof.assertion)) ? null : 'second_factor.wrong_code';
  }
  const verdict = await secondFactors.spendCode(by.id, proof.code);
  if (verdict === 'right') return null;
  return verdict === 'used' ? 'second_factor.code_used' : 'second_factor.wrong_code';
}
