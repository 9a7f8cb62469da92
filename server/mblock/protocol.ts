import { z } from 'zod';
import { findVerdict, type ProviderProtocol } from '#server/provider-transport/index.ts';
import { MBLOCK_REFUSALS } from './refusals.ts';

/** `result` must be a boolean: a reply without it is not the vendor's, whatever else it says. */
const envelope = z.object({ result: z.boolean(), message: z.string().optional().catch(undefined) });
const anyReference = z.union([z.object({ txid: z.string().min(1) }), z.object({ token: z.string().min(1) })]);

export const mblockProtocol: ProviderProtocol = {
  provider: 'mblock',
  keyHeader: 'X-MBLOCK-Key',
  readEnvelope(reply) {
    const read = envelope.safeParse(reply);
    if (!read.success) return null;
    if (read.data.result) return { success: true };
    const namesReference = anyReference.safeParse(reply).success;
    return { success: false, message: read.data.message ?? null, namesReference };
  },
  judgeRefusal: (message, order) => findVerdict(MBLOCK_REFUSALS, message, order),
};
