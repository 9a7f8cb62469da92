import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../paths.ts';

/** A package as the lock file fixes it. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  readonly isForDevelopment: boolean;
  readonly isOptional: boolean;
  /** Whether there is a digest that the package must have when it is installed. */
  readonly hasDigest: boolean;
  /** Whether it would run a program of its own when it is installed. */
  readonly wantsScript: boolean;
}

interface Entry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

/** Every package of the lock file, each version once for every place it stands in. */
export function lockedPackages(folder = projectFolder): Locked[] {
  const lock: { packages: Record<string, Entry> } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({
      name: path.split('node_modules/').at(-1) ?? path,
      version: entry.version ?? '',
      isForDevelopment: entry.dev === true || entry.devOptional === true,
      isOptional: entry.optional === true,
      hasDigest: entry.integrity !== undefined,
      wantsScript: entry.hasInstallScript === true,
    }));
}
