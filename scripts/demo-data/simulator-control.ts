import { tellVendor } from '../local/vendor-control.ts';

export async function orderFault(hashdamUrl: string, fault: string, message?: string): Promise<void> {
  await tellVendor(hashdamUrl, 'faults', { method: 'assetWithdrawRequest', fault, ...(message ? { message } : {}) });
}

/** `contract` null is BNB. */
export async function putOnChain(
  mblockUrl: string,
  address: string,
  funds: { readonly contract: string | null; readonly amount: string },
): Promise<void> {
  await tellVendor(mblockUrl, 'balances', { address, ...funds });
}
