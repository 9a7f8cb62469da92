import { appContainer } from '#server/app-container.ts';

export const dynamic = 'force-dynamic';

/** Signing in with a password, and signing out; better-auth has many more paths than these, and they are not there. */
export async function POST(request: Request): Promise<Response> {
  const { passwordDoor } = await appContainer();
  const response = await passwordDoor.answer(request);
  response.headers.set('cache-control', 'private, no-store');
  return response;
}
