import type { OperatorRole } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import { createOperator } from '#server/operators/create-operator.ts';
import type { TestApplication } from './application.ts';

export const PASSWORD = 'correct horse battery';

/** Somebody with an account. */
export interface Person {
  readonly id: string;
  readonly email: string;
}

/** An operator who has not signed in yet. */
export async function anOperator(app: TestApplication, role: OperatorRole = 'finance') {
  const email = `${newId()}@example.test`;
  const { id } = await createOperator(app.container, { email, name: 'Kim', role, password: PASSWORD });
  return { id, email };
}

/** A browser's POST to better-auth, from the console's own page unless `headers` say otherwise. */
export function authPost(
  { container }: TestApplication,
  path: string,
  { body, headers = {} }: { body: object; headers?: Record<string, string> },
): Promise<Response> {
  const { appUrl } = container.config;
  return container.passwordDoor.answer(
    new Request(`${appUrl}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: appUrl, ...headers },
      body: JSON.stringify(body),
    }),
  );
}

/** Signs in and gives the cookie as a browser would send it back. Tries of tests before do not count. */
export async function signIn(
  app: TestApplication,
  { email, password = PASSWORD }: { email: string; password?: string },
) {
  await app.sql('delete from operator_attempts');
  const response = await authPost(app, '/sign-in/email', { body: { email, password } });
  const setCookie = response.headers.getSetCookie();
  return { response, setCookie, cookie: setCookie.map((line) => line.split(';')[0]).join('; ') };
}
