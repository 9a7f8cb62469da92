import { loadConfig } from '#server/config/index.ts';
import { openContainer } from '#server/container.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { createOperator } from '#server/operators/create-operator.ts';

export interface NewOperator {
  readonly role: OperatorRole;
  readonly name: string;
  readonly email: string;
}

/** Operators of a local stack, all with the same password. */
export async function createOperators(
  env: Readonly<Record<string, string>>,
  password: string,
  operators: readonly NewOperator[],
): Promise<void> {
  const container = await openContainer(loadConfig(env));
  try {
    for (const operator of operators) await createOperator(container, { ...operator, password });
  } finally {
    await container.close();
  }
}
