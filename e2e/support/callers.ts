import { type ApiCaller, callerOf as callerWith } from '../../scripts/local/callers.ts';
import { passkeyOf } from './authenticator.ts';
import { told } from './environment.ts';
import type { Operator } from './operators.ts';
import { sessionOf } from './sessions.ts';

/** What this operator's browser would send, without the browser. */
export function callerOf(operator: Operator): ApiCaller {
  const { name, value } = sessionOf(operator);
  const cookie = `${name}=${encodeURIComponent(value)}`;
  return callerWith({ cookie }, { appUrl: told('E2E_BASE_URL'), device: passkeyOf(operator) });
}
