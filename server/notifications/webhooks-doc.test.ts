import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import type { NotificationEvent } from './notification-event.entity.ts';
import { WITHDRAWAL_EVENT_TYPES } from './statuses.ts';
import { webhookBody } from './webhook-payload.ts';

const doc = readFileSync(new URL('../../docs/WEBHOOKS.md', import.meta.url), 'utf8');
const [, example = '{}'] = /```json\n([\s\S]*?)```/.exec(doc) ?? [];

const event = {
  id: newId(),
  seq: '7',
  at: new Date(),
  type: 'withdrawal.failed',
  subjectId: 's',
  withdrawalId: newId(),
  memberId: 'm',
  asset: 'LTC',
  amount: '1.250000000000000000',
  target: 't',
  requestedAt: new Date(),
  attempts: 2,
  fromStatus: 'approved',
  toStatus: 'failed',
  reason: 'coin_not_supported',
} as unknown as NotificationEvent;

test('the example has the fields that are sent, and no other', () => {
  const sent = JSON.parse(webhookBody(event)) as { data: object };
  const shown = JSON.parse(example) as { data: object };
  expect(Object.keys(shown)).toEqual(Object.keys(sent));
  expect(Object.keys(shown.data)).toEqual(Object.keys(sent.data));
});

test('every event is named', () => {
  const missing = WITHDRAWAL_EVENT_TYPES.filter(
    (type) => !doc.includes(`\`${type}\``) && !doc.includes(`\`${type.replace('withdrawal.', '')}\``),
  );
  expect(missing).toEqual([]);
});

test('an amount is text without trailing zeros', () => {
  expect(webhookBody(event)).toContain('"amount":"1.25"');
});
