import { describe, expect, it } from 'vitest';
import type { AssetView } from '#server/assets/contract.ts';
import { accountsOf, grows } from './accounts.ts';
import { adjustmentIn, readAdjustment } from './adjustment.ts';

const LTC: AssetView = { asset: 'LTC', chain: 'hashdam', contract: null, symbol: 'LTC', scale: 8, enabled: true };
const BNB: AssetView = { ...LTC, asset: 'BSC:BNB', chain: 'bsc', symbol: 'BNB', scale: 18 };

const read = (fields: Readonly<Record<string, string>>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return readAdjustment(form, [LTC, BNB]);
};
const complete = { asset: 'LTC', amount: '1,000.50', debit: 'loss', credit: 'company' };

describe('a correction of the books', () => {
  it('is read as the books take it', () => {
    expect(read(complete).body).toEqual({
      ...{ asset: 'LTC', amount: '1000.5' },
      debit: { of: 'company', account: 'loss' },
      credit: { of: 'company', account: 'company' },
    });
  });

  it('takes all the decimals the books keep, which are more than may leave', () => {
    expect(read({ ...complete, amount: '0.000000000000000001' }).body?.amount).toBe('0.000000000000000001');
  });

  it('says what is wrong with each field', () => {
    expect(read({}).problems).toEqual({ asset: 'choose', amount: 'empty', debit: 'choose', credit: 'choose' });
    expect(read({ ...complete, credit: 'loss' }).problems).toEqual({ credit: 'same' });
    expect(read({ ...complete, credit: 'available' })).toEqual({ body: null, problems: { memberId: 'member' } });
  });

  it('names the member on the side that is theirs, and only there', () => {
    expect(read({ ...complete, credit: 'available', memberId: 'member-1' }).body).toMatchObject({
      debit: { of: 'company', account: 'loss' },
      credit: { of: 'member', account: 'available', memberId: 'member-1' },
    });
  });

  it('never offers an account of the other family', () => {
    expect(read({ ...complete, asset: 'BSC:BNB', debit: 'pool:hashdam' }).problems).toEqual({ debit: 'choose' });
    expect(accountsOf('hashdam')).not.toContain('suspense:mblock');
    expect(accountsOf('bsc')).not.toContain('available');
    expect(accountsOf('bsc')).toContain('company');
  });

  it('that was proposed is read back to the letter, and nothing else is', () => {
    const { body } = read({ ...complete, credit: 'receivable', memberId: 'member-1' });
    expect(body && adjustmentIn(body)).toEqual(body);
    expect(adjustmentIn({ ...complete, debit: { of: 'company', account: 'held' } })).toBeNull();
  });

  it('adds on the debit side of what we have, and on the credit side of what we owe', () => {
    expect([grows('company', 'debit'), grows('company', 'credit')]).toEqual([true, false]);
    expect([grows('available', 'debit'), grows('available', 'credit')]).toEqual([false, true]);
  });
});
