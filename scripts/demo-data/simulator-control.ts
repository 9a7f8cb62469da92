import { tellVendor } from '../local/vendor-control.ts';

export async function orderFault(hashdamUrl: string, fault: string, message?: string): Promise<void> {
  await tellVendor(hashdamUrl, 'faults', { method: 'assetWithdrawRequest', fault, ...(message ? { message } : {}) });
}

export async function putOnChain(mblockUrl: string, address: string, bnb: string): Promise<void> {
  await tellVendor(mblockUrl, 'balances', { address, contract: null, amount: bnb });
}
