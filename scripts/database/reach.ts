import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Account } from './account.ts';

const ENTER = 0o1;

function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & ENTER) === ENTER;
}

/** Whether the account can enter this folder and every folder above it. */
export function canReach(folder: string, account: Account): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (!mayEnter(at, account)) return false;
    if (at === dirname(at)) return true;
  }
}
