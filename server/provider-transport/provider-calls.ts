import type { z } from 'zod';
import { DomainError, type ErrorDetail } from '#server/kernel/errors.ts';
import type { ProviderEvidence, ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import { type ProviderDrift, unknownFields } from './drift.ts';
import { type JudgedReply, judgeReply } from './judge-reply.ts';
import {
  type Exchange,
  type ProviderClientOptions,
  ProviderConnection,
  type ProviderRequest,
} from './provider-connection.ts';
import type { ProviderProtocol } from './provider-protocol.ts';
import { final, unknown, type Verdict } from './verdict.ts';

export interface ReadCall<Reply> extends ProviderRequest {
  readonly reply: z.ZodType<Reply>;
}

export interface InstructionCall<Reply, Value> extends ReadCall<Reply> {
  /** Why we do not even send it, or null. */
  readonly invalid: string | null;
  readonly amountIsZero?: boolean;
  /** What a readable success comes to: its value, or a verdict when it does not answer what was asked. */
  readonly accept: (reply: Reply) => { readonly value: Value } | Verdict;
}

/** Makes a vendor's calls: reads throw `DomainError`, instructions always come back with an outcome. */
export class ProviderCalls {
  readonly connection: ProviderConnection;
  readonly #protocol: ProviderProtocol;
  readonly #onDrift: ((drift: ProviderDrift) => void) | undefined;

  constructor(protocol: ProviderProtocol, options: ProviderClientOptions) {
    this.connection = new ProviderConnection(protocol, options);
    this.#protocol = protocol;
    this.#onDrift = options.onDrift;
  }

  async read<Reply>(call: ReadCall<Reply>): Promise<Reply> {
    const exchange = await this.connection.exchange(call);
    const judged = this.#judge(exchange, false);
    if (judged.kind !== 'success') throw readError(exchange.evidence, judged);
    const parsed = this.#parse(call, judged.reply);
    if (parsed === null) throw readFailure(exchange.evidence, 'unreadable_reply');
    return parsed.reply;
  }

  async instruct<Reply, Value>(call: InstructionCall<Reply, Value>): Promise<ProviderOutcome<Value>> {
    if (call.invalid !== null) return { ...final(call.invalid), evidence: this.connection.unsent(call.method) };
    const exchange = await this.connection.exchange(call);
    const { evidence } = exchange;
    const judged = this.#judge(exchange, call.amountIsZero ?? false);
    if (judged.kind !== 'success') return { ...judged.verdict, evidence };
    const parsed = this.#parse(call, judged.reply);
    if (parsed === null) return { ...unknown('unreadable_reply'), evidence };
    const accepted = call.accept(parsed.reply);
    return 'value' in accepted ? { kind: 'accepted', value: accepted.value, evidence } : { ...accepted, evidence };
  }

  drift(method: string, kind: ProviderDrift['kind'], path: string): void {
    this.#onDrift?.({ provider: this.#protocol.provider, method, kind, path });
  }

  #judge(exchange: Exchange, amountIsZero: boolean): JudgedReply {
    return judgeReply(this.#protocol, exchange.result, { endedAt: exchange.endedAt, order: { amountIsZero } });
  }

  #parse<Reply>(call: ReadCall<Reply>, raw: unknown): { reply: Reply } | null {
    const parsed = call.reply.safeParse(raw);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) this.drift(call.method, 'unreadable_reply', issue.path.join('.'));
      return null;
    }
    for (const path of unknownFields(raw, parsed.data)) this.drift(call.method, 'unknown_field', path);
    return { reply: parsed.data };
  }
}

function readError(evidence: ProviderEvidence, judged: Exclude<JudgedReply, { kind: 'success' }>): DomainError {
  const { reason, kind } = judged.verdict;
  const answered = judged.kind === 'refusal' || (kind === 'blocked' && evidence.httpStatus !== undefined);
  return answered ? readRefusal(evidence, reason) : readFailure(evidence, reason);
}

function readRefusal(evidence: ProviderEvidence, reason: string): DomainError {
  const message = `${evidence.provider} refused ${evidence.method}: ${reason}`;
  return new DomainError('provider.rejected', message, { detail: detailOf(evidence, reason), cause: evidence });
}

/** The evidence goes along as the cause, for the log only. */
function readFailure(evidence: ProviderEvidence, reason: string): DomainError {
  const message = `${evidence.provider} gave no usable answer to ${evidence.method}: ${reason}`;
  return new DomainError('provider.unreachable', message, { detail: detailOf(evidence, reason), cause: evidence });
}

function detailOf(evidence: ProviderEvidence, reason: string): ErrorDetail {
  const { provider, method, httpStatus } = evidence;
  return { provider, method, reason, httpStatus: httpStatus ?? null };
}
