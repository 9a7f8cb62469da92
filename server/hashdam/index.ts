export { HashDamClient, type HashDamPage, type ListQuery } from './hashdam-client.ts';
export { HashDamMiningPool } from './hashdam-mining-pool.ts';
