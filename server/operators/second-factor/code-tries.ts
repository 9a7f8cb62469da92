import { DomainError } from '#server/kernel/errors.ts';
import type { PersonAtDoor } from '../session-reader.ts';
import type { Devices } from '../sign-in/devices.ts';
import { type Tryer, type TryLimit, tooManyTries, type Wait } from '../sign-in/try-limit.ts';

/** Why a second factor was not taken. */
export type CodeRefusal = 'second_factor.wrong_code' | 'second_factor.code_used' | 'auth.step_up_required';
export type Ending<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: CodeRefusal }
  | { readonly kind: 'wait'; readonly until: Wait };

interface Needs {
  readonly tries: TryLimit;
  readonly devices: Devices;
}

const TEXTS: Readonly<Record<CodeRefusal, string>> = {
  'second_factor.wrong_code': 'the second factor is not right',
  'second_factor.code_used': 'this code was used already: wait for the next one',
  'auth.step_up_required': 'this question is over: begin again',
};

/** Counts a try of a second factor, and takes the count back when it was right. */
export async function counted<T>(
  { tries, devices }: Needs,
  by: PersonAtDoor,
  attempt: () => Promise<Ending<T>>,
): Promise<Ending<T>> {
  const deviceId = await devices.idOf(by.id, by.deviceToken);
  const tryer: Tryer = { kind: 'code', account: by.id, deviceId, ip: by.origin.ip };
  const until = await tries.take(tryer);
  if (until) return { kind: 'wait', until };
  const ending = await attempt();
  if (ending.kind === 'done') await tries.giveBack(tryer);
  return ending;
}

/** For the record: why it was not taken, or null. */
export function refusalOf(ending: Ending<unknown>): CodeRefusal | 'rate.limited' | null {
  if (ending.kind === 'done') return null;
  return ending.kind === 'wait' ? 'rate.limited' : ending.refusal;
}

/** What came of it, or the refusal as an error. To be called when the try is committed. */
export function outcomeOf<T>(ending: Ending<T>): T {
  if (ending.kind === 'done') return ending.value;
  if (ending.kind === 'wait') throw tooManyTries(ending.until);
  throw new DomainError(ending.refusal, TEXTS[ending.refusal]);
}
