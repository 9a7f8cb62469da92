import type { HeadTarget } from '#server/audit/head-target.port.ts';
import type { Secret } from '#server/kernel/secret.ts';
import { postJson } from './post-json.ts';

/** Posts each head of the record's chain to an address of the configuration. */
export function headsWebhook(address: Secret, guard: () => void): HeadTarget {
  return {
    name: 'webhook',
    async keep(head) {
      const result = await postJson({ url: new URL(address.reveal()), body: JSON.stringify(head), guard });
      if (result.kind === 'delivered') return null;
      return result.httpStatus === undefined ? result.error : `http_${result.httpStatus}`;
    },
  };
}
