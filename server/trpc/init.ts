import { initTRPC } from '@trpc/server';
import type { ApiKeyScope, OperatorRole } from '#server/kernel/actor.ts';
import type { Context } from './context.ts';
import { factsOf } from './errors.ts';

/** Who may call a procedure. A procedure without it is refused to everybody. */
export interface Access {
  readonly roles: readonly OperatorRole[];
  /** The scope an API key needs; none: no key may call it. */
  readonly scope?: ApiKeyScope;
  /** Also who is not signed in at all. */
  readonly anyone?: true;
  /** Also while the second factor is still to come; else a session that is half-way may do nothing. */
  readonly whilePending?: true;
  /** Answers with a whole address to somebody who else sees it masked. */
  readonly reveals?: true;
  /** A person gives the second factor for this very call; an API key has its scopes instead. */
  readonly stepUp?: true;
}

export const t = initTRPC
  .context<Context>()
  .meta<{ access: Access }>()
  .create({
    // Plain JSON on the wire, no transformer: the typed client and curl see the same thing.
    errorFormatter({ shape, error }) {
      const { code, httpStatus, path } = shape.data;
      return { ...shape, data: { code, httpStatus, path, ...factsOf(error) } };
    },
  });
