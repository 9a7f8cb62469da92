import { appContainer } from '#server/app-container.ts';
import { boundedBody } from '#server/bounded-body.ts';
import { isWithin } from '#server/config/networks.ts';
import type { Container } from '#server/container.ts';

const BODY_BYTES_MAX = 16 * 1_024;

/** `/api/callbacks/mblock/<secret>`, answered from this process's container. */
export const handleTransitCallback = async (request: Request, secret: string): Promise<Response> =>
  answerTransitCallback(await appContainer(), request, secret);

/**
 * Keeps what was posted and says so; what it means is worked out later. The path alone says whose it is: whoever does not
 * know it, or comes from where the provider does not, is told that nothing is there, and nothing of what they sent is read.
 */
export async function answerTransitCallback(
  { config, sessions, logger, addresses }: Container,
  request: Request,
  secret: string,
): Promise<Response> {
  try {
    const attemptId = await sessions.withoutTransaction(({ transitCallbacks }) => transitCallbacks.attemptOf(secret));
    if (!attemptId) return new Response(null, { status: 404 });
    const ip = addresses.of(request.headers);
    const { callbackNetworks: allowed } = config;
    if (allowed && !(ip && isWithin(allowed, ip))) {
      logger.warn({ ip }, 'a callback from an address that is not in MBLOCK_CALLBACK_ADDRESSES was refused');
      return new Response(null, { status: 404 });
    }
    const body = await boundedBody(request, BODY_BYTES_MAX);
    if (!body) return new Response(null, { status: 413 });
    const posted = {
      body,
      contentType: request.headers.get('content-type'),
      ip,
    };
    const kept = await sessions.inTransaction(({ transitCallbacks }) => transitCallbacks.keep(attemptId, posted));
    return new Response(null, { status: kept === 'full' ? 429 : 200 });
  } catch (error) {
    // Not kept: an answer that asks for it once more, and nothing of the path in the log.
    logger.error({ err: error }, 'a callback was not kept');
    return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
  }
}
