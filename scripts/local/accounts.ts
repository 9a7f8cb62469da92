import { loadConfig } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { createOperator } from '#server/operators/create-operator.ts';
import { fromBase32 } from '#server/operators/second-factor/base32.ts';
import { codeAt, stepAt } from '#server/operators/second-factor/totp.ts';
import { SECOND_FACTOR_DEMANDED_OF } from '#server/operators/statuses.ts';
import type { LocalSecrets } from './secrets.ts';

export interface NewOperator {
  readonly role: OperatorRole;
  readonly name: string;
  readonly email: string;
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
  operator: NewOperator,
  secrets: LocalSecrets,
): Promise<void> {
  const { sessions } = container;
  const known = await sessions.withoutTransaction(({ operators }) => operators.idOf(operator.email));
  const id = known ?? (await createOperator(container, { ...operator, password: secrets.DEMO_PASSWORD })).id;
  const isDemanded = SECOND_FACTOR_DEMANDED_OF.some((role) => role === operator.role);
  if (!isDemanded || (await sessions.withoutTransaction(({ secondFactors }) => secondFactors.isSetUp(id)))) return;
  await sessions.inTransaction(async ({ secondFactors }) => {
    const key = await secondFactors.begin(id, SET_UP, secrets.DEMO_TOTP_KEY);
    await secondFactors.confirm(id, codeAt(fromBase32(key), stepAt(new Date()) - 1), SET_UP);
  });
}
