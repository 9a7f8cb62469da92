import { describe, expect, test } from 'vitest';
import { judgeHttp } from './http-verdicts.ts';
import { judgeTransport } from './transport-verdicts.ts';

const again = { kind: 'rejected', retry: 'again' };
const blocked = { kind: 'blocked', scope: 'provider' };
const unknown = { kind: 'unknown' };

describe('an error before the first byte', () => {
  test.each([
    ['held_back', again],
    ['deadline', again],
    ['ENOTFOUND', again],
    ['EAI_AGAIN', again],
    ['ECONNREFUSED', again],
    ['EHOSTUNREACH', again],
    ['ENETUNREACH', again],
    ['ETIMEDOUT', again],
    ['ECONNRESET', again],
    ['EPIPE', again],
    ['connection_closed', again],
    ['request_invalid', { kind: 'rejected', retry: 'never' }],
    ['EPROTO', blocked],
    ['ERR_SSL_WRONG_VERSION_NUMBER', blocked],
    ['ERR_TLS_CERT_ALTNAME_INVALID', blocked],
    ['CERT_HAS_EXPIRED', blocked],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', blocked],
    ['SELF_SIGNED_CERT_IN_CHAIN', blocked],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', blocked],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', blocked],
  ])('%s did not run', (error, verdict) => {
    expect(judgeTransport(false, error)).toMatchObject(verdict);
  });
});

describe('an error after the first byte', () => {
  test.each([
    'deadline',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ECONNREFUSED',
    'EPROTO',
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'CERT_HAS_EXPIRED',
    'body_too_large',
    'connection_closed',
    'HPE_INVALID_CONSTANT',
    'HPE_HEADER_OVERFLOW',
    'held_back',
  ])('%s is unknown', (error) => {
    expect(judgeTransport(true, error)).toMatchObject(unknown);
  });
});

describe('a reply without the envelope', () => {
  test.each([
    ...[401, 403, 404, 405, 413, 415].map((status) => [status, blocked] as const),
    ...[300, 301, 302, 303, 307, 308].map(
      (status) => [status, { ...unknown, pausesProvider: true, reason: 'http_redirect' }] as const,
    ),
    ...[400, 422].map((status) => [status, { ...unknown, pausesProvider: true, reason: 'http_bad_request' }] as const),
    ...[408, 409].map((status) => [status, unknown] as const),
    ...[500, 502, 503, 504, 520, 522, 524, 529].map((status) => [status, unknown] as const),
    ...[200, 201, 204].map((status) => [status, { ...unknown, reason: 'unreadable_reply' }] as const),
    ...[402, 406, 410, 418, 451, 600].map((status) => [status, unknown] as const),
    [429, { ...again, retryAfterMs: 60_000 }] as const,
  ])('of status %i', (status, verdict) => {
    expect(judgeHttp({ status, retryAfter: undefined, at: new Date() })).toMatchObject(verdict);
  });

  test.each([
    ['nothing', undefined, 60_000],
    ['less than a minute', '5', 60_000],
    ['two minutes', '120', 120_000],
    ['an instant', 'Fri, 01 Aug 2025 00:05:00 GMT', 300_000],
    ['nonsense', 'soon', 60_000],
    ['ten years', '315360000', 86_400_000],
  ])('of status 429 that asks for %s', (_asked, retryAfter, retryAfterMs) => {
    const at = new Date('2025-08-01T00:00:00Z');
    expect(judgeHttp({ status: 429, retryAfter, at })).toMatchObject({ retryAfterMs });
  });
});
