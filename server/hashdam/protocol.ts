import { z } from 'zod';
import {
  findVerdict,
  identifier,
  JsonNumber,
  type ProviderProtocol,
  wholeNumber,
} from '#server/provider-transport/index.ts';
import { HASHDAM_REFUSALS } from './refusals.ts';

/** `code` must be the number 0 or 1: a reply without it is not the vendor's, whatever else it says. */
const envelope = z.object({
  code: z
    .instanceof(JsonNumber)
    .transform((code) => code.source)
    .pipe(z.enum(['0', '1'])),
  message: z.string().optional().catch(undefined),
  data: z.unknown().optional(),
});
const anyReference = z.union([
  z.object({ withdrawId: identifier }),
  z.object({ swapId: identifier }),
  z.object({ chargeId: identifier }),
]);

export const hashDamProtocol: ProviderProtocol = {
  provider: 'hashdam',
  keyHeader: 'X-HASHDAM-Key',
  readEnvelope(reply) {
    const read = envelope.safeParse(reply);
    if (!read.success) return null;
    if (read.data.code === '0') return { success: true };
    const namesReference = anyReference.safeParse(read.data.data).success;
    return { success: false, message: read.data.message ?? null, namesReference };
  },
  judgeRefusal: (message, order) => findVerdict(HASHDAM_REFUSALS, message, order),
};

/** A success around `data`. */
export interface Reply<Data> {
  readonly data: Data;
}

export function reply<Data>(data: z.ZodType<Data>): z.ZodType<Reply<Data>> {
  return z.object({ code: z.unknown(), message: z.unknown().optional(), data: data });
}

/** How much of a list there is; the vendor may leave it out. */
const pagination = z.object({
  totalPage: wholeNumber.nullish(),
  total: wholeNumber.nullish(),
  currentPage: wholeNumber.nullish(),
  count: wholeNumber.nullish(),
  hasNext: z.boolean().nullish(),
});
export type Pagination = z.output<typeof pagination>;

export function listReply<Row>(row: z.ZodType<Row>): z.ZodType<Reply<Row[]> & { pagination?: Pagination | null }> {
  return z.object({
    code: z.unknown(),
    message: z.unknown().optional(),
    data: z.array(row),
    pagination: pagination.nullish(),
  });
}
