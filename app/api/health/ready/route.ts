import { appContainer } from '#server/app-container.ts';

export const dynamic = 'force-dynamic';

/** Ready while the database answers. */
export async function GET(): Promise<Response> {
  try {
    const { sessions } = await appContainer();
    await sessions.withoutTransaction(({ system }) => system.isPaused('hashdam'));
    return Response.json({ ready: true });
  } catch {
    return Response.json({ ready: false }, { status: 503, headers: { 'retry-after': '5' } });
  }
}
