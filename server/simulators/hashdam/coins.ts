/** The pool's eight coins with made-up but plausible figures: a day's yield, its price in USD, stock and fee. */
export interface SimulatedCoin {
  readonly dailyYield: string;
  readonly price: string;
  readonly opening: string;
  /** Taken on top of what is withdrawn. */
  readonly fee: string;
}

export const COINS: Readonly<Record<string, SimulatedCoin>> = {
  LTC: { dailyYield: '0.42', price: '92.5', opening: '25', fee: '0.001' },
  DOGE: { dailyYield: '1480', price: '0.214', opening: '90000', fee: '4' },
  BELLS: { dailyYield: '36', price: '0.312', opening: '2200', fee: '0.1' },
  LKY: { dailyYield: '210', price: '0.052', opening: '12000', fee: '1' },
  PEP: { dailyYield: '98000', price: '0.00041', opening: '6000000', fee: '100' },
  JKC: { dailyYield: '52', price: '0.118', opening: '3100', fee: '0.1' },
  DINGO: { dailyYield: '310000', price: '0.000052', opening: '19000000', fee: '200' },
  SHIC: { dailyYield: '45000', price: '0.00031', opening: '2700000', fee: '50' },
};
