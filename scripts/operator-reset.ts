import { parseArgs } from 'node:util';
import { DomainError } from '#server/kernel/errors.ts';
import { readEnvFile } from './environment.ts';
import { operatorCommand } from './local/operator-command.ts';
import { refuse } from './processes/refuse.ts';

// `npm run operator:reset -- --email E`: for a lost phone when no other admin is there to help. The second factor,
// every passkey and every session of this operator are gone; at the next sign-in they register an app anew. Prints the id.

const USAGE = 'usage: npm run operator:reset -- --email E';
const COMMAND = { type: 'system', id: 'operator:reset' } as const;

function emailOrUsage(): string {
  try {
    return parseArgs({ options: { email: { type: 'string' } } }).values.email ?? refuse(USAGE);
  } catch {
    refuse(USAGE);
  }
}

readEnvFile();
const email = emailOrUsage();
await operatorCommand(({ sessions }) =>
  sessions.inTransaction(async ({ operators, secondFactors }) => {
    const id = await operators.idOf(email);
    if (!id) throw new DomainError('operator.not_found', 'there is no operator with this e-mail address');
    await secondFactors.reset(id, COMMAND);
    return { id };
  }),
);
