import { CountersignError, createClient } from 'countersign/client';

const { COUNTERSIGN_URL: url, COUNTERSIGN_API_KEY: apiKey } = process.env;
if (!url || !apiKey) throw new Error('set COUNTERSIGN_URL and COUNTERSIGN_API_KEY');

const client = createClient({ url, apiKey });
const memberId = 'member-1';
const day = '2026-11-22';

// An idempotency key names the work, not the try: after a crash this program says the same again, and nothing is done twice.
const { available } = await client.ledger.credit.mutate({
  ...{ memberId, asset: 'LTC', amount: '12.5' },
  reference: `settlement-${day}`,
  idempotencyKey: `settlement-${day}/${memberId}/LTC`,
});
console.log(`available: ${available}`);

for (const [order, amount] of [
  ['order-4711', '0.75'],
  ['order-4712', '900'],
] as const) {
  try {
    const { status } = await client.withdrawals.request.mutate({
      memberId,
      asset: 'LTC',
      amount,
      idempotencyKey: order,
    });
    console.log(`${order}: ${status}`);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    // Nobody knows whether it was done: the same call with the same key, later, will say.
    if (error.isOutcomeUnknown) console.log(`${order}: ask again`);
    else if (error.code === 'ledger.insufficient_funds') console.log(`${order}: not enough`);
    else throw error;
  }
}
