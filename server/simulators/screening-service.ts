import { type LoopbackRequest, type LoopbackServer, sendJson, startLoopbackServer } from './loopback-server.ts';

export interface ScreeningSimulator extends LoopbackServer {
  /** Every question, in the order they came. */
  readonly asked: readonly LoopbackRequest[];
  /** What is answered from now on; a status without a body stands for a service that is ill. */
  answer(status: number, body?: unknown): void;
}

/** An outside screening service that says what the test wants it to say. */
export async function startScreeningSimulator(): Promise<ScreeningSimulator> {
  const asked: LoopbackRequest[] = [];
  let next: { readonly status: number; readonly body: unknown } = { status: 503, body: {} };
  const server = await startLoopbackServer(0, (request, response) => {
    asked.push(request);
    sendJson(response, next.status, next.body);
  });
  return {
    ...server,
    asked,
    answer(status, body = {}) {
      next = { status, body };
    },
  };
}
