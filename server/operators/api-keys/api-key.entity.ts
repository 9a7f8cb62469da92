import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { ApiKeyScope } from '#server/kernel/actor.ts';

const keySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: column.id(),
    name: column.text(),
    scopes: p.array().columnType('text[]').$type<ApiKeyScope[]>(),
    /** Addresses and networks it may be used from; none: from anywhere. */
    addresses: p.array().columnType('inet[]').$type<string[]>(),
    callsPerMinute: p.integer(),
    createdBy: column.uuid(),
    createdAt: column.instant(),
    expiresAt: column.instant().nullable(),
    lastUsedAt: column.instant().nullable(),
    lastUsedIp: column.text().nullable(),
    /** When it was last tried from an address that is not on its list, and from which. */
    lastRefusedAt: column.instant().nullable(),
    lastRefusedIp: column.text().nullable(),
    revokedAt: column.instant().nullable(),
    /** The end that people have been told of; see `KeyExpiry`. */
    endTold: column.instant().nullable(),
  },
});

/** What a platform's backend may do; the text it sends to show so is one of the key's secrets. */
export class ApiKey extends keySchema.class {}
keySchema.setClass(ApiKey);

const secretSchema = defineEntity({
  name: 'ApiKeySecret',
  tableName: 'api_key_secrets',
  properties: {
    id: column.id(),
    apiKeyId: column.uuid(),
    /** SHA-256 in hex of the whole text; the text itself is stored nowhere. */
    hash: column.text().hidden(),
    /** The one person who has seen it. */
    shownTo: column.uuid(),
    createdAt: column.instant(),
    /** Set when it was replaced: until then both work. */
    expiresAt: column.instant().nullable(),
    lastUsedAt: column.instant().nullable(),
  },
});

export class ApiKeySecret extends secretSchema.class {}
secretSchema.setClass(ApiKeySecret);
