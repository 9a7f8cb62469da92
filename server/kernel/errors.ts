/** Every refusal a caller can meet. Closed: codes are for programs, the text beside them is for people. */
export const DOMAIN_ERROR_CODES = [
  'auth.required',
  'auth.forbidden',
  'auth.step_up_required',
  'auth.second_factor_required',
  'input.invalid',
  'input.too_large',
  'amount.scale',
  'asset.unknown',
  'asset.exists',
  'address.invalid',
  'wallet.not_found',
  'wallet.not_active',
  'wallet.busy',
  'wallet.holds_funds',
  'wallet.no_open_rotation',
  'wallet.not_paused',
  'wallet.incident_open',
  'wallet.balance_unconfirmed',
  'api_key.not_found',
  'api_key.revoked',
  'api_key.address_refused',
  'operator.not_found',
  'operator.email_taken',
  'password.refused',
  'second_factor.exists',
  'second_factor.not_begun',
  'second_factor.wrong_code',
  'second_factor.code_used',
  'invitation.not_found',
  'password.wrong',
  'passkey.refused',
  'passkey.exists',
  'passkey.not_found',
  'passkey.unavailable',
  'session.not_found',
  'withdrawal.not_found',
  'withdrawal.already_decided',
  'withdrawal.already_dispatched',
  'withdrawal.self_approval',
  'withdrawal.duplicate_vote',
  'withdrawal.stale_digest',
  'withdrawal.on_hold',
  'withdrawal.expired',
  'withdrawal.not_yours',
  'withdrawal.not_on_hold',
  'withdrawal.outcome_unknown',
  'withdrawal.not_unknown',
  'withdrawal.not_retryable',
  'withdrawal.not_completed',
  'withdrawal.already_reported',
  'withdrawal.incident_open',
  'withdrawal.quiet_period',
  'withdrawal.reference_used',
  'withdrawal.evidence_missing',
  'withdrawal.receipt_unfit',
  'withdrawal.same_content',
  'risk.refused',
  'allow_list.exists',
  'allow_list.not_found',
  'ledger.insufficient_funds',
  'ledger.reference_used',
  'ledger.transaction_not_found',
  'ledger.reversal_too_large',
  'decision.differs',
  'decision.not_found',
  'incident.not_found',
  'incident.closed',
  'incident.decision_unfit',
  'difference.not_found',
  'idempotency.conflict',
  'mining.account_unknown',
  'system.frozen',
  'freeze.not_found',
  'freeze.already_lifted',
  'freeze.second_admin_needed',
  'system.busy',
  'system.outcome_unknown',
  'provider.rejected',
  'provider.unreachable',
  'notification.not_found',
  'notification.acknowledged',
  'delivery.not_found',
  'webhook.not_found',
  'webhook.revoked',
  'webhook.address_refused',
  'rate.limited',
] as const;

export type DomainErrorCode = (typeof DOMAIN_ERROR_CODES)[number];

/** What a refusal may carry beside its code; plain JSON, safe to show. */
export type ErrorDetail = Readonly<Record<string, string | number | boolean | null>>;

/** A refusal on purpose. It crosses the wire as its code, its text and its detail; the cause stays in the log. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: DomainErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: DomainErrorCode, message: string, options: { detail?: ErrorDetail; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail ?? {};
  }
}
