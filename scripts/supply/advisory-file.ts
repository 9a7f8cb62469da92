import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../paths.ts';

const version = z.string().regex(/^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/, 'must be a version, such as 1.2.3');
const text = z.string().trim().min(1);

/** A hole and where it is: from a version on, or from the first; `fixedIn` null: in every version so far. */
const advisory = z.strictObject({
  package: text,
  from: version.optional(),
  fixedIn: version.nullable(),
  id: text,
  what: text,
});
/** `asOf`: the day on which somebody last put together what is in it. */
const advisoryFile = z.strictObject({ asOf: z.iso.date(), advisories: z.array(advisory) });

export type Advisory = Readonly<z.infer<typeof advisory>>;
export type AdvisoryFile = Readonly<z.infer<typeof advisoryFile>>;

export const ADVISORY_FILE = 'advisories.json';

/** A hole is found, told and mended within days: what is older says nothing about today. */
export const FRESH_DAYS = 7;
const DAY_MS = 86_400_000;

/** Why the file does not say what is known today; null while it does. Its day counts whole, wherever it was written. */
export function whyStale({ asOf }: Pick<AdvisoryFile, 'asOf'>, now: Date): string | null {
  const days = Math.floor((now.getTime() - Date.parse(asOf)) / DAY_MS);
  const renew =
    'put together anew what is known, by hand or from your scanner, and set asOf to that day (docs/SECURITY.md)';
  if (days < -1) return `it says ${asOf}, which is still to come: ${renew}`;
  return days > FRESH_DAYS ? `it is ${days} days old, and ${FRESH_DAYS} at most count: ${renew}` : null;
}

/** What an installation was given for machines that no registry answers; null where there is none. Throws for one that cannot be read. */
export function advisoryFileIn(folder = projectFolder): AdvisoryFile | null {
  const file = join(folder, ADVISORY_FILE);
  if (!existsSync(file)) return null;
  try {
    return advisoryFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${ADVISORY_FILE} is not as docs/SECURITY.md says: ${why}`);
  }
}
