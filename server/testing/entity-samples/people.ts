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
      hash: DIGEST,
      scopes: ['read', 'credit'],
      createdBy: id(),
      createdAt: at(1),
      expiresAt: at(2),
      lastUsedAt: at(3),
      revokedAt: at(4),
    },
  },
};
