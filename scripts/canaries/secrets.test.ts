import { expect, test } from 'vitest';
import { completeEnvironment } from '#server/testing/complete-environment.ts';
import { secretOfCookie, secretsOfEnvironment } from './secrets.ts';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

test('every variable that the product wraps is a secret, each key of a list, and of an address what is secret in it', () => {
  const env = completeEnvironment({
    DATABASE_URL: 'postgres://countersign:pass%2Fword@127.0.0.1:5432/countersign',
    ENCRYPTION_KEYS: `k1:${key(1)},k2:${key(2)}`,
    AUDIT_SIGNING_KEYS: key(3),
    ALERT_WEBHOOK_URL: 'https://chat.example/services/T0/secret-of-the-chat?key=other-secret',
    SMTP_URL: 'smtps://me:secret-of-the-mail@mail.example:465',
    SCREENING_URL: 'https://screening.example/secret-of-the-path',
    SCREENING_SECRET: 'screening-secret-of-the-tests-0123',
  });
  const found = secretsOfEnvironment(env).filter(({ text }) => text.length > 4);
  expect(found.map(({ name, text }) => `${name} ${text}`).sort()).toEqual(
    [
      `ALERT_WEBHOOK_URL other-secret`,
      `ALERT_WEBHOOK_URL secret-of-the-chat`,
      `ALERT_WEBHOOK_URL services`,
      `AUDIT_SIGNING_KEYS ${key(3)}`,
      `AUTH_SECRET ${env['AUTH_SECRET']}`,
      `DATABASE_URL pass/word`,
      `ENCRYPTION_KEYS ${key(1)}`,
      `ENCRYPTION_KEYS ${key(2)}`,
      `HASHDAM_API_KEY ${env['HASHDAM_API_KEY']}`,
      `MBLOCK_API_KEY ${env['MBLOCK_API_KEY']}`,
      `MBLOCK_TRANSIT_FEE_WALLET_KEY ${env['MBLOCK_TRANSIT_FEE_WALLET_KEY']}`,
      `SCREENING_SECRET ${env['SCREENING_SECRET']}`,
      `SCREENING_URL secret-of-the-path`,
      `SMTP_URL secret-of-the-mail`,
    ].sort(),
  );
});

test('a cookie is its token, whichever way it goes', () => {
  const secret = { name: 'cookie session', text: 'tok_en-1' };
  expect(secretOfCookie('session=tok_en-1.c2VhbA%3D%3D; Path=/; HttpOnly')).toEqual(secret);
  expect(secretOfCookie(' session=tok_en-1.c2VhbA%3D%3D')).toEqual(secret);
});
