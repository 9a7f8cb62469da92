/** Tells a simulated vendor what to do next. */
async function tell(apiUrl: string, path: string, order: object): Promise<void> {
  const response = await fetch(new URL(`/control/${path}`, apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (!response.ok) throw new Error(`the simulator refused ${path}: ${await response.text()}`);
}

export const orderFault = (hashdamUrl: string, fault: string, message?: string): Promise<void> =>
  tell(hashdamUrl, 'faults', { method: 'assetWithdrawRequest', fault, ...(message ? { message } : {}) });

export const putOnChain = (mblockUrl: string, address: string, bnb: string): Promise<void> =>
  tell(mblockUrl, 'balances', { address, contract: null, amount: bnb });
