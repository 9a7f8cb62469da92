export { AssetRegistration } from './asset-registration.ts';
export { AssetRegistry, refuseTooFine } from './asset-registry.ts';
