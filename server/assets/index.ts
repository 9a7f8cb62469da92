export type { Asset } from './asset.entity.ts';
export { AssetRegistry, refuseTooFine } from './asset-registry.ts';
