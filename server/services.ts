import type { EntityManager } from '@mikro-orm/postgresql';
import type { Collaborators } from './collaborators.ts';
import { type DecisionServices, openDecisions } from './services/decisions.ts';
import { type Foundation, openFoundation } from './services/foundation.ts';
import { type MessageServices, openMessages } from './services/messages.ts';
import { openPayouts, type PayoutServices } from './services/payouts.ts';
import { openProviders, type ProviderServices } from './services/providers.ts';

/** Everything that lives in one session, built around its EntityManager. */
export interface Services extends Foundation, ProviderServices, PayoutServices, DecisionServices, MessageServices {}

export function openServices(em: EntityManager, shared: Collaborators): Services {
  const foundation = openFoundation(em, shared);
  const providers = openProviders(em, shared, foundation);
  const below = { ...foundation, ...providers };
  const payouts = openPayouts(em, shared, below);
  const decisions = openDecisions(em, shared, { ...below, ...payouts });
  return { ...below, ...payouts, ...decisions, ...openMessages(em, shared, foundation) };
}
