/** What the global set-up tells the tests. */
export function told(name: `E2E_${string}`): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is set by the global set-up (e2e/support/stack.ts)`);
  return value;
}
