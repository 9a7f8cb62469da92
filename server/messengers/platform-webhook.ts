import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { type AddressRule, isAllowedIp, whyNotWebhookUrl } from '#server/notifications/index.ts';
import type { SendResult, WebhookMessage } from '#server/notifications/sender.port.ts';
import { postJson } from './post-json.ts';

interface PlatformWebhookOptions {
  readonly guard: () => void;
  readonly addressRule: AddressRule;
  /** How names are resolved. */
  readonly lookup?: typeof systemLookup;
}

/**
 * Sends signed webhooks in the format of Standard Webhooks. The address is looked at again each time, and once more as
 * resolved: the socket is opened to the very address that was checked, so a name that changes its mind gains nothing.
 */
export function platformWebhook(options: PlatformWebhookOptions): (message: WebhookMessage) => Promise<SendResult> {
  const lookup = checkedLookup(options.addressRule, options.lookup ?? systemLookup);
  return ({ url, eventId, secrets, body }) => {
    if (whyNotWebhookUrl(url, options.addressRule)) {
      return Promise.resolve({ kind: 'failed', error: ADDRESS_REFUSED, durationMs: 0 });
    }
    const at = new Date();
    const headers = {
      'webhook-id': eventId,
      'webhook-timestamp': `${Math.floor(at.getTime() / 1_000)}`,
      'webhook-signature': secrets.map((secret) => new Webhook(secret.reveal()).sign(eventId, at, body)).join(' '),
    };
    return postJson({ url: new URL(url), body, headers, guard: options.guard, lookup });
  };
}

const ADDRESS_REFUSED = 'address_refused';

/** Resolves a name and refuses it whole when any of its addresses is not one of the public internet. */
function checkedLookup(rule: AddressRule, lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !isAllowedIp(address, rule))) {
        return callback(Object.assign(new Error('the address is refused'), { code: ADDRESS_REFUSED }), '', 0);
      }
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
