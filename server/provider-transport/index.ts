export type { ProviderDrift } from './drift.ts';
export { postOnce } from './http-post.ts';
export { JsonNumber, parseJson, rawJsonNumber } from './lossless-json.ts';
export { canonicalDecimal, plainDecimal, sameDecimal } from './plain-decimal.ts';
export { ProviderCalls } from './provider-calls.ts';
export type { ProviderClientOptions } from './provider-connection.ts';
export type { ProviderProtocol } from './provider-protocol.ts';
export { findVerdict, type RefusalList, type RefusalRow } from './refusal-list.ts';
export {
  blockProvider,
  blockWallet,
  final,
  finalForWallet,
  unknown,
  unknownIncident,
  type Verdict,
  waitForFunds,
} from './verdict.ts';
export { decimalText, identifier, optional, utcDay, wholeNumber, words } from './wire-schemas.ts';
