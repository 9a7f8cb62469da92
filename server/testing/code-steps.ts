import type { TestApplication } from './application.ts';

/** As if so many time steps had passed since anybody spent a code of their authenticator app: the next one may be spent now. */
export async function codeStepsPass(app: TestApplication, steps: number): Promise<void> {
  const earlier = `update operator_second_factors set last_step = greatest(last_step - ${steps}, 0)`;
  await app.sql(`do $$ begin set local session_replication_role = replica; ${earlier}; end $$`);
}
