import { type Config, toConfig } from './config.ts';
import { environment } from './environment.ts';

/** What the environment lacks: one line per variable, no values. */
export class ConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

/** A variable set to nothing counts as unset, as shells and container files commonly leave them. */
function present(env: Variables): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value.trim() !== '') kept[name] = value;
  return kept;
}

/** The only way to the environment. Throws one `ConfigError` that names every variable at fault. */
export function loadConfig(env: Variables = process.env): Config {
  const result = environment.safeParse(present(env));
  if (result.success) return toConfig(result.data);
  const lines = new Map<string, string>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0]);
    if (!lines.has(name)) lines.set(name, `${name}: ${issue.message}`);
  }
  throw new ConfigError([...lines.values()]);
}
