/** What a demo withdrawal is made to go through. */
export type Course =
  | 'waits'
  | 'has one vote of two'
  | 'is paid'
  | 'is rejected'
  | 'is cancelled'
  | 'is refused by the pool'
  | 'loses the reply after it was paid'
  | 'loses the request on its way';

export interface PlannedWithdrawal {
  readonly member: string;
  readonly asset: string;
  readonly amount: string;
  readonly course: Course;
}

const row = (member: string, money: string, course: Course): PlannedWithdrawal => {
  const [amount = '', asset = ''] = money.split(' ');
  return { member, asset, amount, course };
};

/** How many closed days the pool is read for before members are credited: nothing is credited that was not mined. */
export const MINED_DAYS = 30;

/** Mined coins of each member, as a settlement of the platform would credit them. */
export const CREDITS: Readonly<Record<string, readonly string[]>> = {
  'member-1001': ['3.2 LTC', '11000 DOGE', '410 BELLS'],
  'member-1002': ['1.25 LTC', '4200.5 DOGE', '950000 PEP'],
  'member-1003': ['0.44 LTC', '640.25 DOGE', '1800 LKY'],
  'member-1004': ['2.5 LTC', '14000 DOGE', '2400000 DINGO'],
  'member-1005': ['0.12345678 LTC', '320 JKC', '410000 SHIC'],
  'member-1006': ['1.51 LTC', '3700 DOGE', '260 BELLS'],
  'member-1007': ['1480.75 DOGE', '1250000 PEP', '88 JKC'],
  'member-1008': ['0.6 LTC', '3100 LKY', '2200 DOGE'],
};

/** Those that need a fault at the pool come first: a fault is ordered for the next call. */
export const WITHDRAWALS: readonly PlannedWithdrawal[] = [
  row('member-1005', '120 JKC', 'is refused by the pool'),
  row('member-1001', '250 BELLS', 'loses the reply after it was paid'),
  row('member-1003', '900 LKY', 'loses the request on its way'),
  row('member-1002', '500 DOGE', 'is paid'),
  row('member-1006', '0.75 LTC', 'is paid'),
  row('member-1004', '1.25 LTC', 'is paid'),
  row('member-1007', '650000 PEP', 'is paid'),
  row('member-1008', '0.2 LTC', 'is rejected'),
  row('member-1006', '130 BELLS', 'is cancelled'),
  row('member-1004', '12000 DOGE', 'has one vote of two'),
  row('member-1001', '2.5 LTC', 'has one vote of two'),
  row('member-1001', '9000 DOGE', 'waits'),
  row('member-1002', '0.5 LTC', 'waits'),
  row('member-1003', '640.25 DOGE', 'waits'),
  row('member-1005', '0.12345678 LTC', 'waits'),
  row('member-1007', '1480.75 DOGE', 'waits'),
  row('member-1008', '3100 LKY', 'waits'),
];

/** A token of the chain that the demo knows. */
export const TOKEN = { symbol: 'USDT', contract: '0x55d398326f99059fF775485246999027B3197955', scale: 18 } as const;

/** Members with wallets, and what lies in them. */
export const WALLETS: readonly { readonly member: string; readonly bnb: string; readonly usdt?: string }[] = [
  { member: 'member-1001', bnb: '0.4182', usdt: '1250.5' },
  { member: 'member-1002', bnb: '0.025' },
  { member: 'member-1004', bnb: '1.3' },
  { member: 'member-1004', bnb: '0' },
  { member: 'member-1006', bnb: '0.000731' },
];
