import { type ApiCaller, callerWith } from '../../scripts/local/callers.ts';
import { told } from './environment.ts';
import type { Operator } from './operators.ts';
import { sessionOf } from './sessions.ts';

/** What this operator's browser would send, without the browser. */
export function callerOf(operator: Operator, appUrl = told('E2E_BASE_URL')): ApiCaller {
  const { name, value } = sessionOf(operator);
  return callerWith(`${name}=${encodeURIComponent(value)}`, { appUrl });
}
