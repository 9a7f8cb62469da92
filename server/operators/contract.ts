import { z } from 'zod';
import { API_KEY_SCOPES, OPERATOR_ROLES } from '#server/kernel/actor.ts';
import { instant, uuid } from '#server/kernel/wire.ts';

export const operatorRole = z.enum(OPERATOR_ROLES);
export const apiKeyScope = z.enum(API_KEY_SCOPES);

export const PASSWORD_CHARS_MIN = 12;

export const operatorCreateInput = z.strictObject({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(80),
  role: operatorRole,
  password: z.string().min(PASSWORD_CHARS_MIN).max(128),
});

export const operatorView = z.object({ id: uuid, name: z.string(), email: z.string(), role: operatorRole });
export const meInput = z.strictObject({});
/** The signed-in operator and what the console shows of the installation. */
export const meView = operatorView.extend({ demo: z.boolean() });

export const apiKeyCreateInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(apiKeyScope).min(1).max(API_KEY_SCOPES.length),
  expiresAt: instant.optional(),
});
/** The only time the key itself is shown. */
export const apiKeyCreatedView = z.object({ id: uuid, key: z.string() });
export const apiKeyView = z.object({
  id: uuid,
  name: z.string(),
  scopes: z.array(apiKeyScope),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export const apiKeyListInput = z.strictObject({});
export const apiKeyListView = z.object({ rows: z.array(apiKeyView) });
export const apiKeyRevokeInput = z.strictObject({ id: uuid });
export const apiKeyRevokedView = z.object({ id: uuid });

export type OperatorCreateInput = z.infer<typeof operatorCreateInput>;
export type MeView = z.infer<typeof meView>;
export type ApiKeyCreateInput = z.infer<typeof apiKeyCreateInput>;
export type ApiKeyView = z.infer<typeof apiKeyView>;
