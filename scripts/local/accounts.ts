import { loadConfig } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';

const BY_COMMAND = { type: 'system', id: 'command' } as const;

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

/** Somebody who may sign in. Only a command makes operators; the change is audited as the command's. */
export const createOperator = (
  container: Container,
  operator: NewOperator & { readonly password: string },
): Promise<{ id: string }> =>
  container.sessions.inTransaction(({ operators }) => operators.create(operator, BY_COMMAND));

/** A key for the platform's backend: all that it may do. */
export const createBackendKey = (container: Container, name: string): Promise<{ id: string; key: string }> =>
  container.sessions.inTransaction(({ apiKeys }) =>
    apiKeys.create({ name, scopes: ['read', 'credit', 'withdraw', 'wallets'] }, BY_COMMAND),
  );
