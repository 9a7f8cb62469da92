import { startChild } from '../child.ts';
import { endWithParent } from '../parent.ts';
import { messageFrom } from '../ready.ts';
import { onShutdown } from '../shutdown.ts';

// A small stack for the tests: `family.ts parent <log folder>` starts `family.ts child` twice and says their ids.
const [role = 'child', folder = ''] = process.argv.slice(2);
const file = import.meta.filename;

if (role === 'child') {
  endWithParent();
  onShutdown(async () => console.log('child ends in order'));
  setInterval(() => undefined, 60_000);
  process.send?.(process.pid);
} else {
  const pids: unknown[] = [];
  for (const name of ['first', 'second']) {
    const child = startChild({ name, args: [file], env: process.env, logFile: `${folder}/${name}.log` });
    onShutdown(async () => {
      await child.stop();
      console.log(`stopped ${name}`);
    });
    pids.push(await messageFrom(child, 20_000));
  }
  console.log(`pids ${pids.join(' ')}`);
}
