import { handleTransitCallback } from '#server/callbacks/transit-callback.ts';

export const dynamic = 'force-dynamic';

export async function POST(request: Request, { params }: { params: Promise<{ secret: string }> }): Promise<Response> {
  return handleTransitCallback(request, (await params).secret);
}
