import { z } from 'zod';
import { API_KEY_SCOPES, OPERATOR_ROLES } from '#server/kernel/actor.ts';
import { instant, noteText, uuid } from '#server/kernel/wire.ts';
import {
  API_KEY_CALLS,
  OVERLAP_HOURS,
  PASSWORD_CHARS_MAX,
  PASSWORD_CHARS_MIN,
  SECOND_FACTOR_STATES,
} from './statuses.ts';

export const operatorRole = z.enum(OPERATOR_ROLES);
export const apiKeyScope = z.enum(API_KEY_SCOPES);

/** How long it is; what it may not be is looked at where it is set. */
export const newPassword = z.string().min(PASSWORD_CHARS_MIN).max(PASSWORD_CHARS_MAX);

export const operatorCreateInput = z.strictObject({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(80),
  role: operatorRole,
  password: newPassword,
});

export const operatorView = z.object({ id: uuid, name: z.string(), email: z.string(), role: operatorRole });
export const meInput = z.strictObject({});
/** The signed-in operator and what the console shows of the installation. */
export const meView = operatorView.extend({
  demo: z.boolean(),
  /** The ways by which people are told outside the console. */
  told: z.object({ alerts: z.boolean(), email: z.boolean() }),
  /** Given while one's right is new: until then one is not one of several people. */
  countsFrom: instant.nullable(),
});

export const secondFactorStateInput = z.strictObject({});
export const secondFactorStateView = z.object({
  state: z.enum(SECOND_FACTOR_STATES),
  recoveryCodesLeft: z.number().int(),
});
/** `password`: of now, where the session is not fresh from signing in. */
export const secondFactorBeginInput = z.strictObject({
  password: z.string().min(1).max(PASSWORD_CHARS_MAX).optional(),
});
/** The only time the key is shown: as text, and as a QR code that an authenticator app reads. */
export const secondFactorBegunView = z.object({
  key: z.string(),
  uri: z.string(),
  qr: z.object({ size: z.number().int(), path: z.string() }),
});
const code = z.string().regex(/^\d{6}$/);
export const secondFactorConfirmInput = z.strictObject({ code });
/** The only time the recovery codes are shown. */
export const secondFactorConfirmedView = z.object({ recoveryCodes: z.array(z.string()) });
export const recoveryCodesRenewInput = z.strictObject({});
/** The only time they are shown; those before count no more. */
export const recoveryCodesRenewedView = z.object({ recoveryCodes: z.array(z.string()) });
const recoveryCode = z.string().min(16).max(40);
export const secondFactorVerifyInput = z.union([z.strictObject({ code }), z.strictObject({ recoveryCode })]);
export const secondFactorVerifiedView = z.object({ recoveryCodesLeft: z.number().int() });

/** What an authenticator answers, as the browser's `toJSON` gives it. */
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(8_192);
const assertion = z.object({
  id: base64url,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});
/** One attestation of the browser, as its `toJSON` gives it. */
const attestation = z.strictObject({
  id: base64url,
  response: z.strictObject({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().regex(/^[a-z-]{1,20}$/)).max(8),
  }),
});
const passkeyName = z.string().trim().min(1).max(60);
const credentialRef = z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()) });
export const passkeyListInput = z.strictObject({});
export const passkeyView = z.object({ id: uuid, name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() });
export const passkeyListView = z.object({ rows: z.array(passkeyView) });
export const passkeyBeginInput = z.strictObject({ name: passkeyName });
/** What `navigator.credentials.create` is called with, its bytes as base64url. */
export const passkeyCreationView = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
  excludeCredentials: z.array(credentialRef),
  authenticatorSelection: z.object({ residentKey: z.literal('required'), userVerification: z.literal('required') }),
});
export const passkeyRegisterInput = z.strictObject({ name: passkeyName, attestation });
export const passkeyRegisteredView = z.object({ id: uuid });
export const passkeyRemoveInput = z.strictObject({ id: uuid });
export const passkeyRemovedView = z.object({ id: uuid });
export const passkeySignInBeginInput = z.strictObject({});
export const passkeySignInInput = z.strictObject({ assertion });
export const passkeySignedInView = z.object({ expiresAt: instant });

export const sessionListInput = z.strictObject({});
export const sessionView = z.object({
  id: uuid,
  /** The one that asks. */
  isThis: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export const sessionListView = z.object({ rows: z.array(sessionView) });
export const signInHistoryInput = z.strictObject({});
const signInView = z.object({
  id: uuid,
  at: instant,
  what: z.enum(['signed_in', 'refused', 'code_refused', 'new_device']),
  with: z.enum(['password', 'passkey']).nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export const signInHistoryView = z.object({ rows: z.array(signInView) });
export const sessionEndInput = z.strictObject({ id: uuid });
export const sessionEndedView = z.object({ id: uuid });
export const sessionEndOthersInput = z.strictObject({});
export const sessionsEndedView = z.object({ count: z.number().int() });
export const sessionTouchInput = z.strictObject({});
/** Until when the session lasts: as things stand without anybody doing anything, and at the very latest. `now` is the server's. */
export const sessionTimesView = z.object({ now: instant, idleEndsAt: instant, endsAt: instant });

/** `action` is the procedure's path, `input` exactly what will be sent to it. */
export const stepUpBeginInput = z.strictObject({
  action: z
    .string()
    .regex(/^[A-Za-z]+\.[A-Za-z]+$/)
    .max(100),
  input: z.unknown(),
});
export const passkeyRequestView = z.object({
  challenge: z.string(),
  rpId: z.string(),
  userVerification: z.literal('required'),
  allowCredentials: z.array(credentialRef),
});
/** `passkey` is what to ask an authenticator with; null where there is no passkey. */
export const stepUpBegunView = z.object({ challenge: uuid, passkey: passkeyRequestView.nullable() });
export const stepUpConfirmInput = z.union([
  z.strictObject({ challenge: uuid, code }),
  z.strictObject({ challenge: uuid, assertion }),
]);
export const stepUpConfirmedView = z.object({ challenge: uuid });

export const teamListInput = z.strictObject({});
const teamMemberView = operatorView.extend({
  disabledAt: instant.nullable(),
  /** An authenticator app. */
  hasSecondFactor: z.boolean(),
  passkeys: z.int(),
  /** In a session that is still there. */
  lastSeenAt: instant.nullable(),
  /** Given while a right is new. */
  countsFrom: instant.nullable(),
});
const invitationView = z.object({ id: uuid, email: z.string(), role: operatorRole, expiresAt: instant });
export const teamView = z.object({ rows: z.array(teamMemberView), invitations: z.array(invitationView) });
export const operatorRef = z.strictObject({ id: uuid });
export const operatorRefView = z.object({ id: uuid });
/** What an administrator does about a colleague is explained: the record keeps why. */
export const colleagueInput = operatorRef.extend({ reason: noteText });
export const changeRoleInput = colleagueInput.extend({ role: operatorRole });
export const inviteInput = z.strictObject({ email: z.email().max(254), role: operatorRole });
/** The only time the link is shown. */
export const invitedView = z.object({ id: uuid, link: z.string(), expiresAt: instant });
const invitationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const invitationLookInput = z.strictObject({ token: invitationToken });
export const invitationLookView = z.object({ email: z.string(), role: operatorRole });
export const invitationAcceptInput = z.strictObject({
  token: invitationToken,
  name: z.string().trim().min(1).max(80),
  password: newPassword,
});
export const invitationAcceptedView = z.object({ email: z.string() });
export const changePasswordInput = z.strictObject({
  current: z.string().min(1).max(PASSWORD_CHARS_MAX),
  next: newPassword,
});
export const passwordChangedView = z.object({});

/** A single address or a network, such as `203.0.113.7` or `10.1.0.0/16`. */
const networkAddress = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const ADDRESSES_MAX = 50;
const OVERLAP_HOURS_MAX = Math.max(...OVERLAP_HOURS);
const apiKeyName = z.string().trim().min(1).max(80);
const addresses = z.array(networkAddress).max(ADDRESSES_MAX);
const callsPerMinute = z.int().min(API_KEY_CALLS.min).max(API_KEY_CALLS.max);
export const apiKeyCreateInput = z.strictObject({
  name: apiKeyName,
  scopes: z.array(apiKeyScope).min(1).max(API_KEY_SCOPES.length),
  expiresAt: instant.optional(),
  /** None: from anywhere. */
  addresses: addresses.default([]),
  callsPerMinute: callsPerMinute.default(API_KEY_CALLS.byDefault),
});
/** The only time the key itself is shown. */
export const apiKeyCreatedView = z.object({ id: uuid, key: z.string() });
/** 0: the key in use ends at once. */
export const apiKeyRotateInput = z.strictObject({ id: uuid, overlapHours: z.int().min(0).max(OVERLAP_HOURS_MAX) });
/** The same for what takes its place; both work until then. */
export const apiKeyRotatedView = apiKeyCreatedView.extend({ previousUntil: instant });
export const apiKeyChangeInput = z.strictObject({
  id: uuid,
  name: apiKeyName,
  addresses,
  callsPerMinute,
  expiresAt: instant.nullable(),
});
export const apiKeyChangedView = z.object({ id: uuid });
export const apiKeyView = z.object({
  id: uuid,
  name: z.string(),
  scopes: z.array(apiKeyScope),
  addresses: z.array(z.string()),
  callsPerMinute: z.int(),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  lastUsedIp: z.string().nullable(),
  /** From an address that is not on its list. */
  lastRefusedAt: instant.nullable(),
  lastRefusedIp: z.string().nullable(),
  revokedAt: instant.nullable(),
  /** The one before, while it still works. */
  previous: z.object({ until: instant, lastUsedAt: instant.nullable() }).nullable(),
});
export const apiKeyListInput = z.strictObject({});
export const apiKeyListView = z.object({ rows: z.array(apiKeyView) });
export const apiKeyRevokeInput = z.strictObject({ id: uuid });
export const apiKeyRevokedView = z.object({ id: uuid });

export type OperatorCreateInput = z.infer<typeof operatorCreateInput>;
export type MeView = z.infer<typeof meView>;
export type ColleagueInput = z.infer<typeof colleagueInput>;
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;
export type SecondFactorProof = z.infer<typeof secondFactorVerifyInput>;
export type PasskeyAssertion = z.infer<typeof assertion>;
export type PasskeyAttestation = z.infer<typeof attestation>;
export type PasskeyCreation = z.infer<typeof passkeyCreationView>;
export type PasskeyView = z.infer<typeof passkeyView>;
export type SessionView = z.infer<typeof sessionView>;
export type SignInView = z.infer<typeof signInView>;
export type SessionTimes = z.infer<typeof sessionTimesView>;
export type PasskeyRequest = z.infer<typeof passkeyRequestView>;
export type StepUpProof = { readonly code: string } | { readonly assertion: PasskeyAssertion };
export type SecondFactorBegunView = z.infer<typeof secondFactorBegunView>;
export type TeamMemberView = z.infer<typeof teamMemberView>;
export type InvitationView = z.infer<typeof invitationView>;
export type InviteInput = z.infer<typeof inviteInput>;
export type InvitationAcceptInput = z.infer<typeof invitationAcceptInput>;
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;
export type ApiKeyCreateInput = z.infer<typeof apiKeyCreateInput>;
export type ApiKeyCreatedView = z.infer<typeof apiKeyCreatedView>;
export type ApiKeyRotateInput = z.infer<typeof apiKeyRotateInput>;
export type ApiKeyRotatedView = z.infer<typeof apiKeyRotatedView>;
export type ApiKeyChangeInput = z.infer<typeof apiKeyChangeInput>;
export type ApiKeyView = z.infer<typeof apiKeyView>;
