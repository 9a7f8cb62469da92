const OF_POSTGRES = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00(?::00)?$/;

/** An instant as the wire has it, from what Postgres says. Rewritten as text where it is UTC: a page of rows holds hundreds. */
export function instantText(at: string | Date): string {
  const parts = typeof at === 'string' ? OF_POSTGRES.exec(at) : null;
  if (!parts) return new Date(at).toISOString();
  const [, day, time, fraction = ''] = parts;
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
