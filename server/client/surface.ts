import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../trpc/root.ts';

/** Every procedure that an API key may call, and how. A test sees to it that none is missing. */
export const SURFACE = {
  withdrawals: {
    list: 'query',
    get: 'query',
    request: 'mutate',
    cancel: 'mutate',
    reportPaid: 'mutate',
  },
  wallets: {
    create: 'mutate',
    list: 'query',
    get: 'query',
    balance: 'query',
    transactions: 'query',
    transfer: 'mutate',
    transit: 'mutate',
  },
  ledger: {
    credit: 'mutate',
    reverse: 'mutate',
    balances: 'query',
    walletBalances: 'query',
    statement: 'query',
    transaction: 'query',
    totals: 'query',
  },
  mining: { balance: 'query', assets: 'query', hashRate: 'query', profit: 'query', withdrawals: 'query' },
  assets: { list: 'query' },
  policies: { current: 'query' },
} as const;

export interface CallOptions {
  readonly signal?: AbortSignal;
}

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;
type Ask<Input, Output> = (input: Input, options?: CallOptions) => Promise<Output>;

type Surface = typeof SURFACE;
type Noun = keyof Surface;
type Verb<N extends Noun> = keyof Surface[N];
type InputOf<N extends Noun, V extends Verb<N>> = V extends keyof Inputs[N] ? Inputs[N][V] : never;
type OutputOf<N extends Noun, V extends Verb<N>> = V extends keyof Outputs[N] ? Outputs[N][V] : never;
type HowOf<N extends Noun, V extends Verb<N>> = Surface[N][V] & PropertyKey;

/** `client.withdrawals.request.mutate({ … })`: noun, verb, and whether it looks or acts. */
export type CountersignClient = {
  readonly [N in Noun]: {
    readonly [V in Verb<N>]: { readonly [How in HowOf<N, V>]: Ask<InputOf<N, V>, OutputOf<N, V>> };
  };
};
