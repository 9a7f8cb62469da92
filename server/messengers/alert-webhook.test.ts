import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { type HttpSink, startHttpSink } from '#server/testing/sinks.ts';
import { alertTarget, alertWebhook } from './alert-webhook.ts';

let sink: HttpSink;
beforeAll(async () => {
  sink = await startHttpSink();
});
afterAll(() => sink.close());

const message = {
  eventId: 'event',
  title: '[긴급] 출금 실패 / Withdrawal failed',
  lines: ['member: <!channel> @everyone *bold* & <https://evil.example|click>'],
  link: 'http://localhost:3000/notifications',
};

test.each([
  ['https://hooks.slack.com/services/T0/B0/x', 'slack'],
  ['https://chat.example/hooks/abc', 'slack'],
  ['https://discord.com/api/webhooks/1/x', 'discord'],
  ['https://ptb.discord.com/api/webhooks/1/x', 'discord'],
  ['https://relay.example/api/webhooks/1/x', 'discord'],
  ['https://relay.example/x?format=discord', 'discord'],
  ['https://discord.com/api/webhooks/1/x?format=slack', 'slack'],
  ['https://notdiscord.com.example/x', 'slack'],
])('%s gets the format of %s', (url, format) => {
  expect(alertTarget(new Secret(url)).format).toBe(format);
});

test('the format in the query is ours and does not leave', async () => {
  await alertWebhook(new Secret(`${sink.url}/x?format=discord&thread=1`), () => undefined)(message);
  expect(sink.taken.at(-1)?.path).toBe('/x?thread=1');
});

test('what a caller wrote mentions nobody and links nowhere', async () => {
  await alertWebhook(new Secret(`${sink.url}/x`), () => undefined)(message);
  const slack = JSON.parse(sink.taken.at(-1)?.body ?? '') as { text: string };
  expect(slack.text).toContain('&lt;!channel&gt;');
  expect(slack.text).not.toMatch(/<[^h]/);
  await alertWebhook(new Secret(`${sink.url}/x?format=discord`), () => undefined)(message);
  const discord = JSON.parse(sink.taken.at(-1)?.body ?? '') as { content: string; allowed_mentions: object };
  expect(discord.allowed_mentions).toEqual({ parse: [] });
  expect(discord.content).toContain('\\@everyone \\*bold\\*');
  expect(discord.content.length).toBeLessThanOrEqual(2_000);
});

test('a receiver that does not answer 2xx has not got it, and may say when to come back', async () => {
  sink.answer(429, { 'retry-after': '7' });
  const result = await alertWebhook(new Secret(`${sink.url}/secret-path`), () => undefined)(message);
  expect(result).toMatchObject({ kind: 'failed', httpStatus: 429, retryAfterMs: 7_000 });
  expect(JSON.stringify(result)).not.toContain('secret-path');
});

test('a receiver that is not there is a failure, not an exception', async () => {
  const result = await alertWebhook(new Secret('http://127.0.0.1:1/secret-path'), () => undefined)(message);
  expect(result).toMatchObject({ kind: 'failed', error: 'ECONNREFUSED' });
});
