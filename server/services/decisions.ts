import type { EntityManager } from '@mikro-orm/postgresql';
import type { Collaborators } from '#server/collaborators.ts';
import {
  BookCorrections,
  CompanyDeposits,
  EvidenceSheets,
  Exceptions,
  HandoverService,
  IncidentDecisions,
  IncidentEffects,
  ListedRows,
  ResolutionService,
  UnknownAttempts,
} from '#server/resolution/index.ts';
import { CallbackSheet } from '#server/withdrawals/index.ts';
import type { Foundation } from './foundation.ts';
import type { PayoutServices } from './payouts.ts';
import type { ProviderServices } from './providers.ts';

export type DecisionServices = ReturnType<typeof openDecisions>;

type Below = Foundation & ProviderServices & Pick<PayoutServices, 'paying' | 'poolProofs' | 'transitCallbacks'>;

/** What people need when something does not go by itself. */
export function openDecisions(em: EntityManager, { clock, quietPeriodMs: shortenedMs }: Collaborators, below: Below) {
  const { payoutAttempts } = below.paying;
  const claims = below.poolRowClaims;
  const listed = new ListedRows({ em, claims });
  const unknown = new UnknownAttempts({
    ...{ payoutAttempts, clock, shortenedMs, walletRows: below.walletRepository },
    proofs: below.poolProofs,
    senderState: (worker) => below.system.workerState(worker),
  });
  const means = { ...below, ...below.paying, unknown, listed, claims, clock };
  return {
    resolutions: new ResolutionService({ ...means, walletRows: below.walletRepository }),
    evidence: new EvidenceSheets({ ...means, callbacks: new CallbackSheet(means) }),
    exceptions: new Exceptions({ em }),
    incidentDecisions: new IncidentDecisions({
      ...means,
      effects: new IncidentEffects(means),
    }),
    handovers: new HandoverService(means),
    bookCorrections: new BookCorrections(below),
    companyDeposits: new CompanyDeposits({ ...below, payoutAttempts }),
  };
}
