import { appContainer } from '#server/app-container.ts';
import { isDraining } from '#server/draining.ts';

export const dynamic = 'force-dynamic';

/** Ready while the database answers, and until this process is told to end. */
export async function GET(): Promise<Response> {
  if (isDraining()) return notReady();
  try {
    const { sessions } = await appContainer();
    await sessions.withoutTransaction(({ system }) => system.isPaused('hashdam'));
    return Response.json({ ready: true });
  } catch {
    return notReady();
  }
}

const notReady = (): Response => Response.json({ ready: false }, { status: 503, headers: { 'retry-after': '5' } });
