import type { TRPCError } from '@trpc/server';
import type { ActingParty, ApiKeyScope, OperatorRole } from '#server/kernel/actor.ts';
import { OPERATOR_ROLES } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { actionDigest, isPending } from '#server/operators/index.ts';
import type { Services } from '#server/services.ts';
import type { Context } from './context.ts';
import { reported } from './errors.ts';
import { type Access, t } from './init.ts';
import { maskAddresses, seesAddresses } from './masking.ts';
import { recordRefusal } from './refusals.ts';
import { refuseBrokenText } from './text.ts';

/**
 * The builders every procedure starts from. The name says who may call it and what session it gets: `read…` looks,
 * `…Change` is one transaction committed at this edge, `…Outside` calls a provider and opens its own sessions.
 */

/** The first link of every chain: whatever is thrown below is recorded, and leaves as a code of ours or as an incident's id. */
const answered = t.middleware(async ({ ctx, path, type, getRawInput, next }) => {
  const result = await next();
  if (result.ok) return result;
  const error = reported(result.error, ctx.container.logger, { requestId: ctx.origin.requestId, path });
  await recordRefusal(ctx, { path, type, error, input: await getRawInput().catch(() => undefined) });
  throw error;
});

const authorised = t.middleware(({ ctx, meta, next }) => {
  const actor = permitted(ctx, meta?.access);
  return next({ ctx: { actor } });
});

/** Deny by default: without a declared access, without a caller, half-way through signing in, without role or scope. */
function permitted({ caller, origin, keyRefused }: Context, access: Access | undefined): ActingParty {
  if (!caller) {
    if (access?.anyone) return { type: 'system', id: 'sign-in', origin };
    throw new DomainError(
      'auth.required',
      keyRefused ? 'this API key is not in force: unknown, ended or revoked' : 'sign in, or send an API key',
    );
  }
  if (caller.type === 'operator' && isPending(caller.secondFactor) && !access?.whilePending) {
    throw new DomainError('auth.second_factor_required', 'the second factor is still to come', {
      detail: { state: caller.secondFactor },
    });
  }
  const allowed =
    caller.type === 'operator'
      ? access?.roles.includes(caller.role)
      : access?.scope !== undefined && caller.scopes.includes(access.scope);
  if (!allowed) throw new DomainError('auth.forbidden', 'this is not yours to do');
  return { ...caller, origin };
}

/** The last link on the way out: whatever a procedure answers, who decides nothing about money sees addresses masked. */
const masked = t.middleware(async ({ ctx, meta, next }) => {
  const result = await next();
  if (!result.ok || meta?.access.reveals || seesAddresses(ctx.caller)) return result;
  return { ...result, data: maskAddresses(result.data) };
});

/** Looked at after who is asking, and before anything of it is believed. */
const wholeText = t.middleware(async ({ getRawInput, next }) => {
  refuseBrokenText(await getRawInput());
  return next();
});

/** Rolls the transaction back without hiding what the procedure answered. */
class RolledBack extends Error {}

/** What the database threw goes on as it is: the session knows which of it may simply be tried again. */
function thrownOn<Result extends { ok: true } | { ok: false; error: TRPCError }>(result: Result): Result {
  if (!result.ok && result.error.code === 'INTERNAL_SERVER_ERROR' && result.error.cause) throw result.error.cause;
  return result;
}

const lookingSession = t.middleware(({ ctx, next }) =>
  ctx.container.sessions.withoutTransaction(async (services) => thrownOn(await next({ ctx: { services } }))),
);

const oneTransaction = t.middleware(async ({ ctx, next }) => {
  let refused: Awaited<ReturnType<typeof call>> | undefined;
  const call = (services: Services) => next({ ctx: { services } });
  try {
    return await ctx.container.sessions.inTransaction(async (services) => {
      const result = thrownOn(await call(services));
      if (result.ok) return result;
      refused = result;
      throw new RolledBack();
    });
  } catch (error) {
    if (error instanceof RolledBack && refused) return refused;
    throw error;
  }
});

const guarded = t.procedure.use(answered);
const outside = (access: Access) => guarded.meta({ access }).use(authorised).use(masked).use(wholeText);
const looking = (access: Access) => outside(access).use(lookingSession);
const changing = (access: Access) => outside(access).use(oneTransaction);

/**
 * A change that takes the grant of a second factor that was given for exactly this call, in its own transaction. The
 * grant is taken last: whatever would be refused anyway is refused before a code is asked and spent. Without the grant
 * nothing of the change is kept and nothing of its answer leaves.
 */
const deciding = (access: Access) =>
  changing({ ...access, stepUp: true }).use(async ({ ctx, path, getRawInput, next }) => {
    const result = await next();
    if (result.ok) await takeGrant(ctx.services, ctx.actor, actionDigest(path, await getRawInput()));
    return result;
  });

/** The same about what is secret: there a refusal alone would help whoever guesses, so the grant is taken first. */
const guardedFirst = (access: Access) =>
  changing({ ...access, stepUp: true }).use(async ({ ctx, path, getRawInput, next }) => {
    await takeGrant(ctx.services, ctx.actor, actionDigest(path, await getRawInput()));
    return next();
  });

/** The same where the procedure opens its own transaction: in there it takes the grant. */
const decidingOutside = (access: Access) =>
  outside({ ...access, stepUp: true }).use(async ({ ctx, path, getRawInput, next }) => {
    const digest = actionDigest(path, await getRawInput());
    let isTaken = false;
    const take = async (services: Services) => {
      await takeGrant(services, ctx.actor, digest);
      isTaken = true;
    };
    const result = await next({ ctx: { takeGrant: take } });
    if (result.ok && !isTaken) throw new TypeError(`${path} did not take its grant`);
    return result;
  });

/** An API key has its scopes instead. */
async function takeGrant({ stepUps }: Services, actor: ActingParty, digest: string): Promise<void> {
  if (actor.type === 'operator') await stepUps.consume(digest, actor);
}

const EVERY_ROLE: readonly OperatorRole[] = OPERATOR_ROLES;
/** Those who look after withdrawals without deciding them, and those who decide: all but the auditor. */
const STAFF: readonly OperatorRole[] = ['support', 'finance', 'admin'];
const FINANCE: readonly OperatorRole[] = ['finance', 'admin'];
const ADMIN: readonly OperatorRole[] = ['admin'];
/** Those who see what everybody does. */
const AUDITORS: readonly OperatorRole[] = ['admin', 'auditor'];

/** Every operator, and API keys that may read. */
export const readProcedure = looking({ roles: EVERY_ROLE, scope: 'read' });
/** Every operator, no API key. */
export const operatorReadProcedure = looking({ roles: EVERY_ROLE });
/** Who decides, and who looks over their shoulder. */
export const reviewReadProcedure = looking({ roles: ['finance', 'admin', 'auditor'] });
export const adminReadProcedure = looking({ roles: ADMIN });
export const auditorReadProcedure = looking({ roles: AUDITORS });

export const financeChange = changing({ roles: FINANCE });
export const financeOrKeyChange = (scope: ApiKeyScope) => changing({ roles: FINANCE, scope });
/** API keys alone: no operator does this by hand. */
export const keyChange = (scope: ApiKeyScope) => changing({ roles: [], scope });
export const adminChange = changing({ roles: ADMIN });
/** Every operator, about their own session or with what they see anyway. */
export const operatorChange = changing({ roles: EVERY_ROLE });
/** What those who see everything take away with them; the record of it is all that changes. */
export const auditorChange = changing({ roles: AUDITORS });
/** Every operator but the auditor, who changes nothing. */
export const staffChange = changing({ roles: STAFF });

export const operatorOutside = outside({ roles: EVERY_ROLE });
/** Whoever knocks: what leads to a session, and nothing else. */
export const anyoneOutside = outside({ roles: EVERY_ROLE, whilePending: true, anyone: true });
/** Every operator, also one whose second factor is still to come. */
export const signingInProcedure = outside({ roles: EVERY_ROLE, whilePending: true });

/** The same for what a stolen session must not be enough for. */
export const financeDecision = deciding({ roles: FINANCE });
export const financeDecisionOutside = decidingOutside({ roles: FINANCE });
/** A key is not asked: its scopes stand for it. */
export const financeOrKeyDecision = (scope: ApiKeyScope) => deciding({ roles: FINANCE, scope });
/** Every operator, about what is their own. */
export const operatorDecision = guardedFirst({ roles: EVERY_ROLE });
/** Shows what is masked otherwise. */
export const revealProcedure = guardedFirst({ roles: STAFF, reveals: true });
export const adminDecision = deciding({ roles: ADMIN });
export const adminDecisionOutside = decidingOutside({ roles: ADMIN });

export const adminOutside = outside({ roles: ADMIN });
export const financeOrKeyOutside = (scope: ApiKeyScope) => outside({ roles: FINANCE, scope });

export const router = t.router;
