import type { Advisory } from './advisory-file.ts';
import type { Locked } from './lock.ts';

/**
 * The holes that have shaped this product, and the first version without each. Looked at without a network, always. What a
 * file or a registry knows beyond this is `npm run advisories`.
 */
const KNOWN: readonly Advisory[] = [
  { package: 'next', fixedIn: '16.4.6', id: 'CVE-2025-29927 and later', what: 'ways past the middleware' },
  { package: 'next', fixedIn: '16.3.3', id: 'GHSA-2xp9-vwfh-vxw4', what: 'code run by the image optimiser' },
  { package: 'next', fixedIn: '16.2.11', id: 'CVE-2026-64649', what: 'requests to other hosts by Server Actions' },
  { package: 'react', fixedIn: '19.2.6', id: 'CVE-2025-55182 and later', what: 'code run by server components' },
  { package: 'react-dom', fixedIn: '19.2.6', id: 'CVE-2025-55182 and later', what: 'code run by server components' },
  { package: '@trpc/server', fixedIn: '11.8.0', id: 'GHSA-43p4-m455-4f4j', what: 'prototype pollution by forms' },
  { package: '@mikro-orm/core', fixedIn: '7.0.6', id: 'GHSA-gwhv-j974-6fxm', what: 'injection by crafted objects' },
  { package: '@mikro-orm/sql', fixedIn: '7.0.6', id: 'GHSA-cfw5-68c4-ffqp', what: 'injection by identifiers' },
  {
    package: 'better-auth',
    fixedIn: '1.6.26',
    id: 'GHSA-xg6x-h9c9-2m83 and later',
    what: 'ways round the second factor',
  },
];

const partsOf = (version: string): number[] =>
  (version.split('-')[0] ?? '').split('.').map((part) => Number.parseInt(part, 10));

function isBelow(version: string, other: string): boolean {
  const [ours, theirs] = [partsOf(version), partsOf(other)];
  const at = ours.findIndex((part, index) => part !== theirs[index]);
  return at >= 0 && (ours[at] ?? 0) < (theirs[at] ?? 0);
}

const isOpenIn = (version: string, { from, fixedIn }: Advisory): boolean =>
  !(from && isBelow(version, from)) && (fixedIn === null || isBelow(version, fixedIn));

/** One line for each package that has a hole which is known. */
export function knownHolesIn(packages: readonly Locked[], known = KNOWN): string[] {
  return known.flatMap((hole) =>
    packages
      .filter(({ name, version }) => name === hole.package && isOpenIn(version, hole))
      .map(({ name, version }) => {
        const closed = hole.fixedIn === null ? 'not closed yet' : `closed in ${hole.fixedIn}`;
        return `${name} ${version}: ${hole.what} (${hole.id}), ${closed}`;
      }),
  );
}

export const KNOWN_COUNT = KNOWN.length;
