import { DomainError } from '#server/kernel/errors.ts';
import type { PersonAtDoor } from '#server/operators/index.ts';
import type { Context } from '../../context.ts';

/** The operator behind the call, where it comes from and with what device. The builders let nobody else through. */
export function personOf({ caller, origin, deviceToken = null }: Context): PersonAtDoor {
  if (caller?.type !== 'operator') throw new DomainError('auth.forbidden', 'only a person has a second factor');
  return { ...caller, origin, deviceToken };
}
