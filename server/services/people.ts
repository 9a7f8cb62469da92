import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import type { Collaborators } from '#server/collaborators.ts';
import { Delegations } from '#server/delegations/index.ts';
import type { Announcer } from '#server/notifications/index.ts';
import {
  ApiKeyReader,
  ApiKeyService,
  CallLots,
  Challenges,
  Devices,
  Invitations,
  KeyExpiry,
  NewRights,
  OperatorService,
  OperatorSessions,
  PasskeyRegistration,
  Passkeys,
  SecondFactorService,
  SignInHistory,
  StepUps,
  Team,
  TryLimit,
} from '#server/operators/index.ts';

interface Below {
  readonly audit: AuditTrail;
  readonly notifications: Announcer;
}

/** Who may come in, with what, and as whom. */
export function openPeople(em: EntityManager, shared: Collaborators, { audit, notifications }: Below) {
  const { clock, cipher, site, session: limits, challengeSecret: secret } = shared;
  const operatorSessions = new OperatorSessions({ em, audit, limits });
  const passkeys = new Passkeys({ em, audit, site });
  const challenges = new Challenges({ em, secret });
  const delegations = new Delegations({ em, audit, notifications });
  const operators = new OperatorService({ em, audit, clock });
  const newRights = new NewRights({ em, notifications, waitHours: shared.newcomerWaitHours });
  const secondFactors = new SecondFactorService({ em, audit, cipher, delegations, passkeys });
  return {
    operatorSessions,
    delegations,
    passkeys,
    challenges,
    passkeyRegistration: new PasskeyRegistration({ passkeys, challenges, operatorSessions, notifications, site }),
    operators,
    team: new Team({ em, audit, operatorSessions, delegations, newRights, secondFactors }),
    invitations: new Invitations({ em, audit, operators, newRights }),
    apiKeys: new ApiKeyService({ em, audit }),
    keyExpiry: new KeyExpiry({ em, notifications }),
    apiKeyReader: new ApiKeyReader({ em, audit }),
    callLots: new CallLots({ em }),
    tries: new TryLimit({ em }),
    devices: new Devices({ em, audit, notifications }),
    signInHistory: new SignInHistory({ em }),
    secondFactors,
    stepUps: new StepUps({ em }),
  };
}
