import { DomainError } from '#server/kernel/errors.ts';
import type { SignedInOperator } from '#server/operators/index.ts';
import type { Context } from '../../context.ts';

/** The operator behind the call, with the call's origin. The builders let nobody else through. */
export function personOf({ caller, origin }: Context): SignedInOperator & Pick<Context, 'origin'> {
  if (caller?.type !== 'operator') throw new DomainError('auth.forbidden', 'only a person has a second factor');
  return { ...caller, origin };
}
