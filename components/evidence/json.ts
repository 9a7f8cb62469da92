import type { Json } from '#server/kernel/canonical-json.ts';

/** Reads a field of what was kept as it came. Nothing about its shape is promised, so nothing is believed. */
export function fieldOf(body: Json | null | undefined, name: string): Json | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  return (Object.hasOwn(body, name) ? (body as Readonly<Record<string, Json>>)[name] : null) ?? null;
}

export function textOf(body: Json | null | undefined, name: string): string | null {
  const value = fieldOf(body, name);
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  return typeof value === 'string' && value !== '' ? value : null;
}

export function listOf(body: Json | null | undefined, name: string): readonly Json[] {
  const value = fieldOf(body, name);
  return Array.isArray(value) ? value : [];
}
