export type { ProviderDrift } from './drift.ts';
export { JsonNumber, parseJson, rawJsonNumber } from './lossless-json.ts';
export { canonicalDecimal, plainDecimal, sameDecimal } from './plain-decimal.ts';
export { type InstructionCall, ProviderCalls, type ReadCall } from './provider-calls.ts';
export { PROVIDER_DEADLINE_MS, type ProviderClientOptions, REPLY_BYTES_MAX } from './provider-connection.ts';
export type { Envelope, ProviderProtocol } from './provider-protocol.ts';
export { findVerdict, type RefusalList, type RefusalRow, type RefusedOrder } from './refusal-list.ts';
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
export { decimalText, identifier, optional, utcDay, wholeNumber } from './wire-schemas.ts';
