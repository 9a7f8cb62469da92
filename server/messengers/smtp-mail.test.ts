import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { type SmtpSink, startSmtpSink } from '#server/testing/sinks.ts';
import { smtpMail } from './smtp-mail.ts';

const options = { appUrl: 'https://console.example', guard: () => undefined };
const message = {
  eventId: 'event',
  title: '출금 실패 / Withdrawal failed',
  lines: ['금액 Amount: 2 LTC'],
  link: 'https://console.example/x',
};
let sink: SmtpSink;
beforeAll(async () => {
  sink = await startSmtpSink();
});
afterEach(() => sink.refuse(false));
afterAll(() => sink.close());

test('one message reaches everybody, who do not see each other, and carries the id of its event', async () => {
  const result = await smtpMail(new Secret(sink.url), options)(message, ['a@example.test', 'b@example.test']);
  expect(result.kind).toBe('delivered');
  const [mail] = sink.mails;
  expect(mail).toMatchObject({ from: 'countersign@example.test', to: ['a@example.test', 'b@example.test'] });
  expect(mail?.text).toContain('Message-ID: <event@console.example>');
  expect(mail?.text).not.toContain('b@example.test');
});

test('a refusal is a failure that quotes nothing of the server', async () => {
  sink.refuse(true);
  const result = await smtpMail(new Secret(sink.url), options)(message, ['a@example.test']);
  expect(result).toMatchObject({ kind: 'failed', error: 'EMESSAGE 450' });
});

test('a wrong password is a failure that does not show it', async () => {
  const url = sink.url.replace('mail-password', 'other-password');
  const result = await smtpMail(new Secret(url), options)(message, ['a@example.test']);
  expect(result).toMatchObject({ kind: 'failed', error: expect.stringContaining('EAUTH') });
  expect(JSON.stringify(result)).not.toContain('other-password');
});

test('a server that is not there is a failure', async () => {
  const result = await smtpMail(new Secret('smtp://127.0.0.1:1'), options)(message, ['a@example.test']);
  expect(result).toMatchObject({ kind: 'failed', error: 'ESOCKET' });
});

test('nothing is sent inside a transaction', async () => {
  const guard = () => {
    throw new Error('inside a transaction');
  };
  await expect(smtpMail(new Secret(sink.url), { ...options, guard })(message, ['a@example.test'])).rejects.toThrow(
    'inside a transaction',
  );
});
