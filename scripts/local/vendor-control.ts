/** Tells a simulated vendor what to do next, or asks what it did; `apiUrl` is the one its callers use. */
export async function tellVendor(apiUrl: string, path: string, order: object | null = {}): Promise<unknown> {
  const response = await fetch(new URL(`/control/${path}`, apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (!response.ok) throw new Error(`the simulator refused ${path}: ${await response.text()}`);
  return response.json();
}
