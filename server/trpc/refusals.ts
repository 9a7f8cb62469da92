import type { TRPCError } from '@trpc/server';
import type { RecordedParty } from '#server/audit/index.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { DomainErrorCode } from '#server/kernel/errors.ts';
import { MinuteBound } from '#server/kernel/minute-bound.ts';
import { RecordedRefusal } from '#server/operators/index.ts';
import { RiskRefusal } from '#server/risk/index.ts';
import type { Context } from './context.ts';
import { factsOf } from './errors.ts';

/** What was tried, and how it ended. */
interface Tried {
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** As it was sent: nothing of it is believed. */
  readonly input: unknown;
  readonly error: TRPCError;
}

/** Asks for a second factor or a password: nothing was refused yet, and whoever gives it comes again with the same call. */
const QUESTIONS: readonly (DomainErrorCode | null)[] = ['auth.step_up_required', 'auth.password_required'];
/** The database itself was away or in doubt: there is nothing to write into. The log has it. */
const BEYOND_RECORDING: readonly (DomainErrorCode | null)[] = ['system.busy', 'system.outcome_unknown'];
/** Anybody can make as many of these as they like. A record that is never deleted takes only so many a minute, and says so. */
const BOUNDED: readonly (DomainErrorCode | null)[] = [
  'auth.required',
  'input.invalid',
  'input.too_large',
  'rate.limited',
];
const A_MINUTE_OF_ANYBODY = 60;
/** Of somebody we know: more than any person and any program of good will is refused. */
const A_MINUTE_OF_ONE = 300;

/** Of each process, since it has one container. */
const bounds = new WeakMap<Context['container'], MinuteBound>();

/** How many more of such rows are written in this minute; below zero, it is left out. */
function roomFor(code: DomainErrorCode | null, { caller, container }: Context): number {
  const bound = bounds.get(container) ?? new MinuteBound();
  bounds.set(container, bound);
  const isOnes = caller !== null && !BOUNDED.includes(code);
  const key = isOnes ? `${caller.type} ${caller.id}` : 'anybody';
  return (isOnes ? A_MINUTE_OF_ONE : A_MINUTE_OF_ANYBODY) - bound.count(key, performance.now());
}

/** Every change that did not come about, and every look that was not allowed. */
function belongsInTheRecord({ type, error }: Tried): boolean {
  if (error.cause instanceof RecordedRefusal) return false;
  const { domainCode: code } = factsOf(error);
  if (type !== 'mutation' && code !== 'auth.forbidden') return false;
  return ![...QUESTIONS, ...BEYOND_RECORDING].includes(code);
}

/**
 * Writes down that something was refused or failed, in a commit of its own: the change's own was taken back. The answer
 * stays what it is, also where this cannot be written; the log then says so.
 */
export async function recordRefusal(context: Context, tried: Tried): Promise<void> {
  if (!belongsInTheRecord(tried)) return;
  const { container, caller, origin } = context;
  const { domainCode } = factsOf(tried.error);
  const room = roomFor(domainCode, context);
  if (room < 0) return;
  const by: RecordedParty = caller ? { ...caller, origin } : { type: 'anonymous', id: 'anonymous', origin };
  try {
    await container.sessions.inTransaction(async ({ audit, risk }) => {
      audit.record({
        action: tried.path,
        outcome: domainCode ? 'refused' : 'failed',
        subject: { type: 'call', id: tried.path },
        by,
        after: { ...whatCameOfIt(tried), ...(room === 0 && { leftOut: true }) },
      });
      const { cause } = tried.error;
      if (cause instanceof RiskRefusal && cause.vote)
        risk.record(cause.vote.withdrawal, 'approval', cause.vote.findings);
    });
  } catch (error) {
    container.logger.error({ err: error, path: tried.path, requestId: origin.requestId }, 'a refusal is not recorded');
  }
}

function whatCameOfIt({ input, error }: Tried): { readonly [field: string]: Json } {
  const { domainCode, detail, incidentId } = factsOf(error);
  return {
    ...(domainCode ? { code: domainCode } : { incidentId }),
    ...(Object.keys(detail).length > 0 && { detail }),
    ...namedIn(input),
  };
}

const ID = /^[A-Za-z0-9._:-]{1,64}$/;
/** In the forms of their own only: no password, key or token looks like that. */
const ASSET = /^(?:[A-Z0-9]{1,10}|BSC:0x[0-9a-fA-F]{40})$/;
const AMOUNT = /^\d{1,20}(?:\.\d{1,18})?$/;

/** What it was about, where the input says so in the usual places. Nothing else of an input is kept: it may hold secrets. */
function namedIn(input: unknown): { readonly [field: string]: string } {
  if (typeof input !== 'object' || input === null) return {};
  const { id, walletId, memberId, asset, amount }: Readonly<Record<string, unknown>> = { ...input };
  const about = [id, walletId, memberId].find((each) => fits(each, ID));
  return {
    ...(fits(about, ID) && { about }),
    ...(fits(asset, ASSET) && { asset }),
    ...(fits(amount, AMOUNT) && { amount }),
  };
}

const fits = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);
