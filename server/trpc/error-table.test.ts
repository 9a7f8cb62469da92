import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRPCError } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DOMAIN_ERROR_CODES, DomainError } from '#server/kernel/errors.ts';
import { TRPC_CODES } from './error-table.ts';
import { factsOf, Incident, translated } from './errors.ts';

const wrapped = (cause: unknown) => new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause });

/** What callers were promised; there may be more codes, these keep their place. */
const PROMISED = {
  'auth.required': 'UNAUTHORIZED',
  'auth.forbidden': 'FORBIDDEN',
  'auth.step_up_required': 'FORBIDDEN',
  'input.invalid': 'BAD_REQUEST',
  'amount.scale': 'BAD_REQUEST',
  'asset.unknown': 'BAD_REQUEST',
  'withdrawal.not_found': 'NOT_FOUND',
  'withdrawal.already_decided': 'CONFLICT',
  'withdrawal.self_approval': 'FORBIDDEN',
  'withdrawal.duplicate_vote': 'CONFLICT',
  'withdrawal.stale_digest': 'CONFLICT',
  'withdrawal.on_hold': 'CONFLICT',
  'ledger.insufficient_funds': 'UNPROCESSABLE_CONTENT',
  'idempotency.conflict': 'CONFLICT',
  'system.frozen': 'CONFLICT',
  'provider.rejected': 'UNPROCESSABLE_CONTENT',
  'provider.unreachable': 'BAD_GATEWAY',
  'audit.unsigned': 'CONFLICT',
  'rate.limited': 'TOO_MANY_REQUESTS',
};

test('every code has its place, and the promised ones keep theirs', () => {
  expect(Object.keys(TRPC_CODES).toSorted()).toEqual([...DOMAIN_ERROR_CODES].toSorted());
  expect(TRPC_CODES).toMatchObject(PROMISED);
  expect(Object.values(TRPC_CODES)).not.toContain('INTERNAL_SERVER_ERROR');
});

test.each(DOMAIN_ERROR_CODES)('%s crosses the wire as itself, with its text and detail', (code) => {
  const said = translated(wrapped(new DomainError(code, 'for people', { detail: { id: 'x' } })));
  expect([said.code, said.message]).toEqual([TRPC_CODES[code], 'for people']);
  expect(factsOf(said)).toEqual({ domainCode: code, detail: { id: 'x' }, incidentId: null });
});

describe('what nobody foresaw', () => {
  test('leaves as an incident id and nothing else', () => {
    const said = translated(wrapped(new Error('relation "operators" does not exist')));
    expect([said.code, said.message]).toEqual(['INTERNAL_SERVER_ERROR', 'something unexpected happened']);
    const facts = factsOf(said);
    expect(facts).toEqual({ domainCode: null, detail: {}, incidentId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(JSON.stringify([said.message, facts])).not.toContain('operators');
  });

  test('keeps its id when it is translated twice', () => {
    const once = translated(wrapped(new Error('inner')));
    expect(factsOf(translated(once))).toEqual(factsOf(once));
    expect(once.cause).toBeInstanceOf(Incident);
  });

  test('a reply that breaks its own contract is one as well', () => {
    const cause = z.string().safeParse(1).error;
    expect(translated(wrapped(cause)).code).toBe('INTERNAL_SERVER_ERROR');
    expect(factsOf(translated(wrapped(cause))).incidentId).not.toBeNull();
  });
});

test('bad input names the first field at fault, and nothing of what was sent', () => {
  const cause = z.object({ filter: z.object({ limit: z.int() }) }).safeParse({ filter: { limit: 'hunter2' } }).error;
  const said = translated(new TRPCError({ code: 'BAD_REQUEST', cause }));
  expect(factsOf(said)).toEqual({ domainCode: 'input.invalid', detail: { field: 'filter.limit' }, incidentId: null });
  expect(said.message).not.toContain('hunter2');
});

test('each code is met in a test', () => {
  const project = join(import.meta.dirname, '..', '..');
  const others = globSync('{server,components,e2e}/**/*.{test,spec}.ts', { cwd: project }).filter(
    (path) => !import.meta.filename.endsWith(path),
  );
  const tests = others.map((path) => readFileSync(join(project, path), 'utf8')).join('\n');
  expect(DOMAIN_ERROR_CODES.filter((code) => !tests.includes(`'${code}'`))).toEqual([]);
});
