/** What `npm audit --json` says, as far as it is needed here. */
interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range?: string }>>;
  readonly metadata?: { readonly dependencies?: { readonly total?: number } };
}

export type Audit =
  | { readonly kind: 'asked'; readonly packages: number; readonly grave: readonly string[] }
  | { readonly kind: 'not asked'; readonly why: string };

const GRAVE = ['high', 'critical'];

/** Reads npm's report. What is no report means that nothing was checked, never that nothing was found. */
export function auditFrom(output: string): Audit {
  let report: (Report & { message?: string }) | null = null;
  try {
    report = JSON.parse(output);
  } catch {
    return { kind: 'not asked', why: 'npm said nothing that can be read' };
  }
  const { vulnerabilities, metadata, message } = report ?? {};
  const packages = metadata?.dependencies?.total ?? 0;
  if (!vulnerabilities || packages === 0) return { kind: 'not asked', why: message ?? 'there is no report' };
  const grave = Object.entries(vulnerabilities)
    .filter(([, { severity }]) => GRAVE.includes(severity))
    .map(([name, { severity, range = '' }]) => `${name} ${range}: ${severity}`.replace('  ', ' '));
  return { kind: 'asked', packages, grave };
}
