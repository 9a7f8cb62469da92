import { loadConfig } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { createOperator } from '#server/operators/create-operator.ts';
import { fromBase32 } from '#server/operators/second-factor/base32.ts';
import { codeAt, stepAt } from '#server/operators/second-factor/totp.ts';
import { SECOND_FACTOR_DEMANDED_OF } from '#server/operators/statuses.ts';
import type { LocalSecrets } from './secrets.ts';
import { deviceOf } from './step-up.ts';

export interface NewOperator {
  readonly role: OperatorRole;
  readonly name: string;
  readonly email: string;
  /** Also where the role does not demand one. */
  readonly hasSecondFactor?: boolean;
}

/** Opens the product's services in this process for as long as the work takes. */
export async function withContainer<T>(
  env: Readonly<Record<string, string | undefined>>,
  work: (container: Container) => Promise<T>,
): Promise<T> {
  const container = await openContainer(loadConfig(env));
  try {
    return await work(container);
  } finally {
    await container.close();
  }
}

const SET_UP = { type: 'system', id: 'local stack' } as const;

/** An operator of a local stack, ready to sign in: where the role demands it, with an authenticator key that is known. */
export async function ensureOperator(
  container: Container,
  { hasSecondFactor, ...operator }: NewOperator,
  secrets: LocalSecrets,
): Promise<void> {
  const { sessions } = container;
  const known = await sessions.withoutTransaction(({ operators }) => operators.idOf(operator.email));
  const id = known ?? (await createOperator(container, { ...operator, password: secrets.DEMO_PASSWORD })).id;
  const isDemanded = SECOND_FACTOR_DEMANDED_OF.some((role) => role === operator.role);
  if (!isDemanded && !hasSecondFactor) return;
  if (await sessions.withoutTransaction(({ secondFactors }) => secondFactors.isSetUp(id))) return;
  await sessions.inTransaction(async ({ secondFactors }) => {
    const key = await secondFactors.begin(id, SET_UP, secrets.DEMO_TOTP_KEY);
    await secondFactors.confirm(id, codeAt(fromBase32(key), stepAt(new Date()) - 1), SET_UP);
  });
}

const LENT = 'local stack';

/** A passkey for the program that acts as this operator; one that was left by a run before is taken away first. */
export async function lendPasskey(container: Container, { email }: NewOperator, secrets: LocalSecrets): Promise<void> {
  await takePasskeyBack(container, email);
  const passkey = deviceOf(email, secrets, container.config.appUrl).passkey(LENT);
  await container.sessions.inTransaction(async ({ operators, passkeys }) => {
    const id = await operators.idOf(email);
    if (id) await passkeys.add(id, passkey, SET_UP);
  });
}

/** A person has no such thing, and their browser would ask for it. */
export const takePasskeyBack = (container: Container, email: string): Promise<void> =>
  container.sessions.inTransaction(async ({ operators, passkeys }) => {
    const id = await operators.idOf(email);
    for (const { id: passkeyId, name } of id ? await passkeys.list(id) : [])
      if (id && name === LENT) await passkeys.remove(id, passkeyId, SET_UP);
  });
