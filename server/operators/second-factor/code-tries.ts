import type { AuditTrail } from '#server/audit/index.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import { RecordedRefusal } from '../recorded-refusal.ts';
import type { PersonAtDoor } from '../session-reader.ts';
import type { Devices } from '../sign-in/devices.ts';
import { type Tryer, type TryLimit, tooManyTries, type Wait } from '../sign-in/try-limit.ts';

/** Why a second factor, or the password before one, was not taken. */
export type CodeRefusal =
  | 'second_factor.wrong_code'
  | 'second_factor.code_used'
  | 'auth.step_up_required'
  | 'password.wrong';
export type Ending<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: CodeRefusal }
  | { readonly kind: 'wait'; readonly until: Wait };

export interface TryNeeds {
  readonly audit: AuditTrail;
  readonly tries: TryLimit;
  readonly devices: Devices;
}

const TEXTS: Readonly<Record<CodeRefusal, string>> = {
  'second_factor.wrong_code': 'the second factor is not right',
  'second_factor.code_used': 'this code was used already: wait for the next one',
  'auth.step_up_required': 'this question is over: begin again',
  'password.wrong': 'the password of now is not right',
};

/** Who tries, and what the record calls a try that failed. */
interface Trier {
  readonly by: PersonAtDoor;
  readonly refusedAs: 'second_factor.refused' | 'step_up.refused';
  /** A password counts together with those that are tried at the door. */
  readonly kind?: Tryer['kind'];
}

/**
 * One try of a second factor, or of one's own password: counted before it is tried, and given back when it was right. A refusal is committed before
 * it is thrown, so that it stays counted and recorded.
 */
export async function tryCode<Needs extends TryNeeds, T>(
  sessions: Sessions<Needs>,
  { by, refusedAs, kind = 'code' }: Trier,
  attempt: (services: Needs) => Promise<Ending<T>>,
): Promise<T> {
  const ending = await sessions.inTransaction(async (services) => {
    const result = await counted(services, { by, kind }, () => attempt(services));
    const because = whyNot(result);
    const subject = { type: 'operator', id: by.id } as const;
    if (because) services.audit.record({ action: refusedAs, outcome: 'refused', subject, by, after: { because } });
    return result;
  });
  if (ending.kind === 'done') return ending.value;
  const { code, message, detail } =
    ending.kind === 'wait' ? tooManyTries(ending.until) : new DomainError(ending.refusal, TEXTS[ending.refusal]);
  throw new RecordedRefusal(code, message, { detail });
}

async function counted<T>(
  { tries, devices }: TryNeeds,
  { by, kind }: Required<Pick<Trier, 'by' | 'kind'>>,
  attempt: () => Promise<Ending<T>>,
): Promise<Ending<T>> {
  const deviceId = await devices.idOf(by.id, by.deviceToken);
  const account = kind === 'password' ? by.email : by.id;
  const tryer: Tryer = { kind, account, deviceId, ip: by.origin.ip };
  const until = await tries.take(tryer);
  if (until) return { kind: 'wait', until };
  const ending = await attempt();
  if (ending.kind === 'done') await tries.giveBack(tryer);
  return ending;
}

function whyNot(ending: Ending<unknown>): CodeRefusal | 'rate.limited' | null {
  if (ending.kind === 'done') return null;
  return ending.kind === 'wait' ? 'rate.limited' : ending.refusal;
}
