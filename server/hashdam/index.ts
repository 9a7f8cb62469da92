export { HashDamClient } from './hashdam-client.ts';
export { HashDamMiningPool } from './hashdam-mining-pool.ts';
