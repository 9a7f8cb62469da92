import { parseArgs } from 'node:util';
import { operatorCreateInput } from '#server/operators/contract.ts';
import { createOperator } from '#server/operators/create-operator.ts';
import { readEnvFile } from './environment.ts';
import { operatorCommand } from './local/operator-command.ts';
import { readPassword } from './processes/password-prompt.ts';
import { refuse } from './processes/refuse.ts';

// `npm run operator:create -- --email E --name N --role R`: the password comes from stdin, or is asked for. Prints the id.

const USAGE = 'usage: npm run operator:create -- --email E --name N --role support|finance|admin|auditor';

function options(): { email?: string; name?: string; role?: string } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { email: text, name: text, role: text } }).values;
  } catch {
    refuse(USAGE);
  }
}

async function input() {
  const { email, name, role } = options();
  if (!email || !name || !role) refuse(USAGE);
  const parsed = operatorCreateInput.safeParse({ email, name, role, password: await readPassword('Password: ') });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  refuse(`${issue?.path.join('.')}: ${issue?.message}`);
}

readEnvFile();
const operator = await input();
await operatorCommand((container) => createOperator(container, operator));
