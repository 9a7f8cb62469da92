import { setTimeout as pause } from 'node:timers/promises';
import { tellVendor } from '../local/vendor-control.ts';
import { CHAIN_FAULTS, type Fault, PATIENT_FAULTS, VENDOR_FAULTS } from './plan.ts';
import type { World } from './world.ts';

async function doOne(fault: Fault, { members, links, onDatabase }: World): Promise<void> {
  switch (fault.kind) {
    case 'kill':
      return members.get(fault.member)?.kill(fault.downMs);
    case 'stop': {
      const member = members.get(fault.member);
      member?.signal('SIGSTOP');
      await pause(fault.forMs);
      return member?.signal('SIGCONT');
    }
    case 'cut':
      return links[fault.link].cut();
    case 'half-close':
      return links[fault.link].halfClose();
    case 'delay':
      links[fault.link].delay(fault.byMs);
      await pause(fault.forMs);
      return links[fault.link].delay(0);
    case 'black-hole':
      links[fault.link].blackHole(true);
      await pause(fault.forMs);
      return links[fault.link].blackHole(false);
    case 'crash-database':
      return onDatabase((drills) => drills.crash(() => pause(fault.downMs)));
  }
}

/** Does everything in the plan, each at its time; two crashes of the database never overlap. */
export async function doAll(plan: readonly Fault[], world: World): Promise<void> {
  let crashes = Promise.resolve();
  await Promise.all(
    plan.map(async (fault) => {
      await pause(fault.atMs);
      if (fault.kind !== 'crash-database') return doOne(fault, world);
      crashes = crashes.then(() => doOne(fault, world));
      return crashes;
    }),
  );
}

/** Both vendors go wrong by chance from here on. */
export async function troubleVendors({ vendors }: World, { seed, patient }: { seed: number; patient: boolean }) {
  const probabilities = patient ? PATIENT_FAULTS : VENDOR_FAULTS;
  const late = { seed, delayMs: 4_000 };
  await tellVendor(vendors.hashdamUrl, 'plan', { ...late, probabilities });
  await tellVendor(vendors.mblockUrl, 'plan', { ...late, probabilities: { ...probabilities, ...CHAIN_FAULTS } });
}

/** Nothing goes wrong any more: whoever slept wakes up, whatever was cut is whole. */
export async function calm({ members, links, vendors }: World): Promise<void> {
  for (const url of [vendors.hashdamUrl, vendors.mblockUrl]) await tellVendor(url, 'plan', null);
  for (const link of Object.values(links)) link.calm();
  for (const member of members.values()) member.signal('SIGCONT');
}
