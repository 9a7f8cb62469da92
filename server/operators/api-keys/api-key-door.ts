import type { ApiKeyActor, CallOrigin } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { ApiKeyReader } from './api-key-reader.ts';
import { type CallBudget, CallBudgets } from './call-budgets.ts';
import type { CallLots } from './call-lots.ts';

interface Needs {
  readonly apiKeyReader: ApiKeyReader;
  readonly callLots: CallLots;
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

  constructor(deps: { sessions: Sessions<Needs> }) {
    this.#sessions = deps.sessions;
    this.#budgets = new CallBudgets(deps);
  }

  /** `calls`: a batch counts as what is in it. Null for no key of ours. Throws `api_key.address_refused`, `rate.limited`. */
  async admit(authorization: string, origin: CallOrigin, calls = 1): Promise<AdmittedKey | null> {
    const { ip } = origin;
    const key = await this.#sessions.withoutTransaction(({ apiKeyReader }) => apiKeyReader.find(authorization, ip));
    if (!key) return null;
    if (!key.isFromListed) {
      if (key.isRefusalUnnoted) {
        await this.#sessions.inTransaction(({ apiKeyReader }) => apiKeyReader.noteRefusal(key, origin));
      }
      throw new DomainError('api_key.address_refused', 'this key may not be used from this address', {
        detail: { ip },
      });
    }
    const budget = await this.#budgets.take(key, calls);
    if (budget.isSpent) throw tooManyCalls(budget);
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
