import { appContainer } from '#server/app-container.ts';
import { SIGN_IN_PATHS } from '#server/operators/index.ts';

export const dynamic = 'force-dynamic';

/** better-auth has many more paths than we use: those are not there. */
export async function POST(request: Request): Promise<Response> {
  if (!SIGN_IN_PATHS.includes(new URL(request.url).pathname)) return new Response(null, { status: 404 });
  const { signIn } = await appContainer();
  const response = await signIn.handler(request);
  response.headers.set('cache-control', 'private, no-store');
  return response;
}
