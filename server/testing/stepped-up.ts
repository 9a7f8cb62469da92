import { randomBytes } from 'node:crypto';
import { newId } from '#server/kernel/ids.ts';
import { actionDigest } from '#server/operators/index.ts';
import { appRouter, type createCaller } from '#server/trpc/root.ts';

type Caller = ReturnType<typeof createCaller>;

interface Session {
  readonly id: string;
  readonly sessionId: string;
}

/** The second factor as if the operator had given it for this very call. */
export type Grant = (action: string, input: unknown) => Promise<void>;

export const granting =
  (app: { sql(text: string, parameters: unknown[]): Promise<unknown> }, { id, sessionId }: Session): Grant =>
  async (action, input) => {
    const challenge = randomBytes(32).toString('base64url');
    await app.sql(
      `insert into step_ups (id, session_id, operator_id, action, digest, challenge, confirmed_at, confirmed_with)
       values (?, ?, ?, ?, ?, ?, now(), 'code')`,
      [newId(), sessionId, id, action, actionDigest(action, input), challenge],
    );
  };

type Declared = Readonly<Record<string, { _def: { meta?: { access?: { stepUp?: boolean } } } }>>;
const procedures = appRouter._def.procedures as unknown as Declared;

/** The same procedures for somebody who gives the second factor whenever it is needed. */
export function steppedUp(caller: Caller, grant: Grant): Caller {
  const at = (target: unknown, path: readonly string[]): unknown => {
    // Such as `then`, which is asked for when a caller comes out of a promise.
    if (typeof target !== 'object' && typeof target !== 'function') return target;
    return new Proxy(target as object, {
      get: (_target, key) => at((target as Record<PropertyKey, unknown>)[key], [...path, String(key)]),
      async apply(call, _this, [input]: [unknown]) {
        const action = path.join('.');
        if (procedures[action]?._def.meta?.access?.stepUp) await grant(action, input);
        return (call as (input: unknown) => Promise<unknown>)(input);
      },
    });
  };
  return at(caller, []) as Caller;
}
