import type { Child } from '../processes/child.ts';
import { ChildFailed } from '../processes/ready.ts';
import { closeAll } from '../processes/shutdown.ts';

/** A stack without one of its parts is no stack: when a child ends by itself, says so and takes the rest down. */
export function endWith(children: readonly Child[]): void {
  for (const child of children) {
    void child.ended.then(async (by) => {
      if (child.wasStopped()) return;
      console.error(new ChildFailed(child, `ended (${by})`).message);
      await closeAll();
      process.exit(1);
    });
  }
}
