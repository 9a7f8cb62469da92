import { at, changes, DIGEST, id, type Sample } from './sample.ts';

export const people: Readonly<Record<string, Sample>> = {
  Operator: {
    row: {
      id: id(),
      email: 'kim@example.test',
      emailVerified: true,
      name: '김 Kim',
      image: 'data:,',
      role: 'finance',
      disabledAt: at(3),
      countsFrom: at(6),
      ...changes,
    },
  },
  OperatorAccount: {
    row: {
      id: id(),
      operatorId: id(),
      accountId: 'a',
      providerId: 'credential',
      password: 'hash',
      accessToken: 'access',
      refreshToken: 'refresh',
      idToken: 'id',
      accessTokenExpiresAt: at(3),
      refreshTokenExpiresAt: at(4),
      scope: 'openid',
      ...changes,
    },
  },
  ApiKey: {
    row: {
      id: id(),
      name: 'platform',
      scopes: ['read', 'credit'],
      addresses: ['10.1.0.0/16', '2001:db8::1'],
      callsPerMinute: 600,
      createdBy: id(),
      createdAt: at(1),
      expiresAt: at(2),
      lastUsedAt: at(3),
      lastUsedIp: '10.1.2.3',
      lastRefusedAt: at(5),
      lastRefusedIp: '192.0.2.1',
      revokedAt: at(4),
      endTold: at(4),
    },
  },
  ApiKeySecret: {
    row: {
      id: id(),
      apiKeyId: id(),
      hash: DIGEST,
      shownTo: id(),
      createdAt: at(1),
      expiresAt: at(2),
      lastUsedAt: at(3),
    },
  },
};
