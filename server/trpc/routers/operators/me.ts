import { DomainError } from '#server/kernel/errors.ts';
import { meInput, meView } from '#server/operators/contract.ts';
import { operatorReadProcedure } from '../../procedures.ts';

export const me = operatorReadProcedure
  .input(meInput)
  .output(meView)
  .query(({ ctx: { caller, container } }) => {
    if (caller?.type !== 'operator') throw new DomainError('auth.forbidden', 'only a person has a profile');
    const { id, name, email, role, countsFrom } = caller;
    const { demo, alertWebhookUrl, smtpUrl } = container.config;
    const told = { alerts: alertWebhookUrl !== undefined, email: smtpUrl !== undefined };
    return { id, name, email, role, demo, told, countsFrom: countsFrom ?? null };
  });
