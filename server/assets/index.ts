export { AssetRegistry, refuseTooFine } from './asset-registry.ts';
