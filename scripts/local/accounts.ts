import { loadConfig } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';

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
