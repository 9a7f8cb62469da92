import type { Container } from '#server/container.ts';
import { databaseCommand } from './database-command.ts';

/** Does one thing about an operator and prints the id; else one line and exit 1. */
export const operatorCommand = (work: (container: Container) => Promise<{ id: string }>): Promise<void> =>
  databaseCommand(async (container) => console.log((await work(container)).id));
