import type { TRPCClientError, TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '#server/trpc/root.ts';
import { readFailure } from './failure.ts';
import type { WaitingAction } from './step-up.ts';

/**
 * Where the server wants the second factor for a call, it is asked for, and the very same call is made again. Screens
 * need to know nothing of it: to them the call took a little longer.
 */
export function stepUpLink(ask: (action: WaitingAction) => Promise<boolean>): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const attempt = () => next(op).subscribe({ ...observer, error: refused });
        const refused = (error: TRPCClientError<AppRouter>) => {
          if (op.type !== 'mutation' || readFailure(error).code !== 'auth.step_up_required') {
            return observer.error(error);
          }
          const given = ask({ action: op.path, input: op.input });
          given.then(
            (isGiven) => (isGiven ? attempt() : observer.error(error)),
            () => observer.error(error),
          );
        };
        return attempt();
      });
}
