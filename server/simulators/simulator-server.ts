import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { deliver } from './fault-delivery.ts';
import type { FaultSchedule } from './fault-schedule.ts';
import { executes, type Fault, faultOrder, faultPlan } from './faults.ts';
import { type LoopbackRequest, type LoopbackServer, sendJson, startLoopbackServer } from './loopback-server.ts';
import type { Timers } from './timers.ts';

const call = z.looseObject({ method: z.string() });
const KEY_REFUSALS = { absent: 'Not Found API Key', wrong: 'Invalid API Key' } as const;

/** What a vendor's simulator brings; the server does keys, faults and control around it. */
export interface SimulatedVendor {
  readonly keyHeader: string;
  readonly apiKey: string;
  /** Executes one call and says what the vendor would answer. */
  execute(call: {
    method: string;
    args: Readonly<Record<string, unknown>>;
    fault: Fault | null;
  }): Record<string, unknown>;
  refuse(message: string): Record<string, unknown>;
  /** The vendor's own control calls by path; the shared ones are in `control`. */
  readonly controls: Readonly<Record<string, (body: unknown) => unknown>>;
  journal(): readonly unknown[];
  reset(): void;
}

export interface SimulatorParts {
  readonly vendor: SimulatedVendor;
  readonly faults: FaultSchedule;
  readonly timers: Timers;
}

export function startSimulator(port: number, parts: SimulatorParts): Promise<LoopbackServer> {
  return startLoopbackServer(port, (request, response) => {
    if (request.path.startsWith('/control/')) control(request, response, parts);
    else serve(request, response, parts);
  });
}

function serve(request: LoopbackRequest, response: ServerResponse, { vendor, faults, timers }: SimulatorParts): void {
  const parsed = call.safeParse(request.body);
  const key = request.headers[vendor.keyHeader];
  if (request.verb !== 'POST') {
    response.writeHead(405).end();
  } else if (key !== vendor.apiKey) {
    sendJson(response, 200, vendor.refuse(KEY_REFUSALS[key ? 'wrong' : 'absent']));
  } else if (!parsed.success) {
    sendJson(response, 200, vendor.refuse('method is required'));
  } else {
    const { method, ...args } = parsed.data;
    const fault = faults.next(method);
    const refused = fault?.fault === 'rejected' || !executes(fault);
    const reply = refused
      ? vendor.refuse(fault?.message ?? 'Refused by order')
      : vendor.execute({ method, args, fault });
    deliver(response, reply, { fault, timers });
  }
}

function control(request: LoopbackRequest, response: ServerResponse, { vendor, faults }: SimulatorParts): void {
  const shared: SimulatedVendor['controls'] = {
    '/control/faults': (body) => faults.order(faultOrder.parse(body)),
    '/control/plan': (body) => faults.follow(faultPlan.nullable().parse(body)),
    '/control/journal': () => ({ entries: vendor.journal() }),
    '/control/reset': () => {
      faults.clear();
      vendor.reset();
    },
  };
  const run = shared[request.path] ?? vendor.controls[request.path];
  const answer = answerTo(run, request.body);
  sendJson(response, answer.status, answer.body);
}

function answerTo(run: ((body: unknown) => unknown) | undefined, body: unknown): { status: number; body: unknown } {
  if (run === undefined) return { status: 404, body: { ok: false } };
  try {
    return { status: 200, body: run(body) ?? { ok: true } };
  } catch (error) {
    return { status: 400, body: { ok: false, error: String(error) } };
  }
}
