import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { sendJson } from './loopback-server.ts';
import type { Timers } from './timers.ts';

const LATE_MS = 1000;

/** How a reply reaches the client, or does not, under a fault. `reply` is what the vendor would have said. */
export function deliver(
  response: ServerResponse,
  reply: unknown,
  context: { fault: Fault | null; timers: Timers },
): void {
  const { fault, timers } = context;
  switch (fault?.fault) {
    case 'drop_before':
    case 'drop_after':
      response.destroy();
      return;
    case 'hang_before':
    case 'hang_after':
      return;
    case 'status':
      sendPage(response, fault.status ?? 500, {});
      return;
    case 'rate_limited':
      sendPage(response, 429, { 'Retry-After': fault.retryAfter ?? '60' });
      return;
    case 'redirect':
      sendPage(response, fault.status ?? 307, { Location: fault.location ?? '/elsewhere' });
      return;
    case 'garbage':
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('<html>not what you asked for');
      return;
    case 'truncated':
      truncate(response, JSON.stringify(reply));
      return;
    case 'late':
      timers.after(fault.delayMs ?? LATE_MS, () => sendJson(response, 200, reply));
      return;
    default:
      sendJson(response, 200, reply);
  }
}

function sendPage(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { 'Content-Type': 'text/html', ...headers }).end(`<html><h1>${status}</h1></html>`);
}

function truncate(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy());
}
