import type { TestApplication } from './application.ts';
import { operatorOf } from './withdrawals.ts';

type Incidents = Awaited<ReturnType<typeof operatorOf>>['caller']['incidents'];
type Decision = Parameters<Incidents['decide']>[0];
type Saying = Decision extends infer D ? (D extends Decision ? Omit<D, 'id' | 'note'> : never) : never;

/** Two people of finance say the same of an incident: it is so. */
export async function agreed(app: TestApplication, id: string, saying: Saying): Promise<void> {
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'finance', name);
    await caller.incidents.decide({ id, note: `says ${name}`, ...saying } as Decision);
  }
}
