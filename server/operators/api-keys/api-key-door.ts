import type { ApiKeyActor, CallOrigin } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { MinuteBound } from '#server/kernel/minute-bound.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { ApiKeyReader } from './api-key-reader.ts';
import { type CallBudget, CallBudgets } from './call-budgets.ts';
import type { CallLots } from './call-lots.ts';

interface Needs {
  readonly apiKeyReader: ApiKeyReader;
  readonly callLots: CallLots;
}

/** What is asked for with a key. */
interface AskedFor {
  /** A batch counts as what is in it. */
  readonly calls?: number;
  /** The procedures, where they are known: for the record. */
  readonly called?: readonly string[];
}

/** A key that was let in, and how it stands within its minute. */
export interface AdmittedKey {
  readonly actor: ApiKeyActor;
  readonly budget: CallBudget;
}

/** Where calls with an API key come in: the key itself, then where it is sent from, then how often. */
export class ApiKeyDoor {
  readonly #sessions: Sessions<Needs>;
  readonly #budgets: CallBudgets;
  readonly #cutOff = new MinuteBound();

  constructor(deps: { sessions: Sessions<Needs> }) {
    this.#sessions = deps.sessions;
    this.#budgets = new CallBudgets(deps);
  }

  /**
   * Null for no key of ours. Throws `api_key.address_refused`, `rate.limited`: each is in the record once a minute, since a
   * program can make as many of them as it likes.
   */
  async admit(authorization: string, origin: CallOrigin, asked: AskedFor = {}): Promise<AdmittedKey | null> {
    const { calls = 1, called = [] } = asked;
    const { ip } = origin;
    const key = await this.#sessions.withoutTransaction(({ apiKeyReader }) => apiKeyReader.find(authorization, ip));
    if (!key) return null;
    if (!key.isFromListed) {
      if (key.isRefusalUnnoted) {
        await this.#sessions.inTransaction(({ apiKeyReader }) => apiKeyReader.noteAddress(key, origin, called));
      }
      throw new DomainError('api_key.address_refused', 'this key may not be used from this address', {
        detail: { ip },
      });
    }
    const budget = await this.#budgets.take(key, calls);
    if (budget.isSpent) {
      if (this.#cutOff.count(key.id, performance.now()) === 1) {
        await this.#sessions.inTransaction(({ apiKeyReader }) => apiKeyReader.noteCutOff(key, origin, called));
      }
      throw tooManyCalls(budget);
    }
    if (key.isUseUnnoted) {
      await this.#sessions.withoutTransaction(({ apiKeyReader }) => apiKeyReader.noteUse(key, ip));
    }
    return { actor: { type: 'api_key', id: key.id, scopes: key.scopes }, budget };
  }
}

function tooManyCalls({ callsPerMinute, resetsInMs }: CallBudget): DomainError {
  const retryAt = new Date(Date.now() + resetsInMs).toISOString();
  return new DomainError('rate.limited', `more than ${callsPerMinute} calls in a minute: wait until ${retryAt}`, {
    detail: { retryAt, callsPerMinute },
  });
}
