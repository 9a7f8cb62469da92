import { expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { createLogger } from './logger.ts';

function written(log: (logger: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  log(createLogger({ logLevel: 'info' }, { write: (line) => lines.push(line) }));
  return lines;
}

test('an event is one JSON line with an ISO time and its level as a word', () => {
  const [line = '', ...more] = written((logger) => logger.info({ withdrawalId: 'w1' }, 'sent\nonce'));
  expect(more).toEqual([]);
  expect(line.trimEnd()).not.toContain('\n');
  const event = JSON.parse(line);
  expect(event).toMatchObject({ level: 'info', withdrawalId: 'w1', msg: 'sent\nonce' });
  expect(event.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test.each(['walletKey', 'authorization', 'cookie', 'set-cookie', 'password', 'apiKey', 'x-api-key', 'feeWalletKey'])(
  '%s is hidden wherever it stands',
  (name) => {
    const leaf = { [name]: 'hunter2' };
    const [line] = written((logger) => logger.info({ ...leaf, a: leaf, b: { c: leaf, d: { e: leaf } } }, 'call'));
    expect(line).not.toContain('hunter2');
    expect(line).toContain('[hidden]');
  },
);

test('a Secret is hidden under any name', () => {
  const [line] = written((logger) => logger.info({ other: new Secret('hunter2') }, 'call'));
  expect(line).not.toContain('hunter2');
});

test('what is below the level is not written', () => {
  expect(written((logger) => logger.debug('quiet'))).toEqual([]);
});
