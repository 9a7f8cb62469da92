export const OPERATOR_ROLES = ['support', 'finance', 'admin', 'auditor'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** Who decides about money; everybody else looks, notes or stops. */
export const decides = (role: string | null | undefined): role is 'finance' | 'admin' =>
  role === 'finance' || role === 'admin';

export const API_KEY_SCOPES = ['read', 'credit', 'withdraw', 'wallets'] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** Who acts. Always taken from the session or the key that authenticated the call, never from its body. */
export type Actor = OperatorActor | ApiKeyActor | SystemActor;

export interface OperatorActor {
  readonly type: 'operator';
  readonly id: string;
  readonly role: OperatorRole;
  readonly sessionId: string;
  /** Given while a right is new: until then they are not one of several people whom something takes. */
  readonly countsFrom?: string | null;
}

export interface ApiKeyActor {
  readonly type: 'api_key';
  readonly id: string;
  readonly scopes: readonly ApiKeyScope[];
}

/** Our own processes: the worker, a schedule, a command. */
export interface SystemActor {
  readonly type: 'system';
  readonly id: string;
}

/** Where a call came from; goes into the audit row. */
export interface CallOrigin {
  readonly requestId: string;
  readonly ip: string | null;
}

/** An actor together with the call that it acts in. */
export type ActingParty = Actor & { readonly origin?: CallOrigin };
