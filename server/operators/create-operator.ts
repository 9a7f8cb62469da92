import type { Sessions } from '#server/kernel/sessions.ts';
import { type OperatorCreateInput, operatorCreateInput } from './contract.ts';
import type { OperatorService } from './operator.service.ts';

/** For the command line and for tests: there is no sign-up. Throws `ZodError` or `operator.email_taken`. */
export function createOperator(
  { sessions }: { readonly sessions: Sessions<{ readonly operators: OperatorService }> },
  input: OperatorCreateInput,
): Promise<{ id: string }> {
  const checked = operatorCreateInput.parse(input);
  return sessions.inTransaction(({ operators }) =>
    operators.create(checked, { type: 'system', id: 'operator:create' }),
  );
}
