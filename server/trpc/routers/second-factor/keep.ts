import type { PassedSession } from '#server/operators/index.ts';
import type { Context } from '../../context.ts';

/** Gives the browser what it holds from now on: the new session, and what its device is known by. */
export function keep({ container, setCookie }: Context, { token, expiresAt, deviceToken }: PassedSession): void {
  setCookie?.(container.sessionCookie.line(token, expiresAt));
  setCookie?.(container.deviceCookie.line(deviceToken));
}
