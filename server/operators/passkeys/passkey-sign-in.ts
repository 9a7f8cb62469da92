import type { AuditTrail } from '#server/audit/index.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { PasskeyAssertion, PasskeyRequest } from '../contract.ts';
import type { OperatorSessions } from '../operator-sessions.ts';
import { RecordedRefusal } from '../recorded-refusal.ts';
import type { PassedSession } from '../second-factor/second-factor-sign-in.ts';
import type { Devices } from '../sign-in/devices.ts';
import type { Challenges } from './challenges.ts';
import type { Passkeys, RelyingParty } from './passkeys.ts';

interface Needs {
  readonly audit: AuditTrail;
  readonly passkeys: Passkeys;
  readonly challenges: Challenges;
  readonly operatorSessions: OperatorSessions;
  readonly devices: Devices;
}

/** Where a sign-in comes from. */
export interface Visitor {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly deviceToken: string | null;
}

const ABOUT = 'sign in';

/** Signing in with a passkey alone: it is something one has, and it has verified the person, so it is both factors. */
export class PasskeySignIn {
  readonly #sessions: Sessions<Needs>;
  readonly #site: RelyingParty;

  constructor(deps: { sessions: Sessions<Needs>; site: RelyingParty }) {
    this.#sessions = deps.sessions;
    this.#site = deps.site;
  }

  /** Asks no account in particular: whoever answers says who they are. Throws `passkey.unavailable`. */
  async begin(): Promise<PasskeyRequest> {
    const { id: rpId } = this.#site;
    if (!rpId) throw new DomainError('passkey.unavailable', 'passkeys need the console to be reached by a name');
    const challenge = await this.#sessions.withoutTransaction(({ challenges }) => challenges.make(ABOUT));
    return { challenge, rpId, userVerification: 'required', allowCredentials: [] };
  }

  /** Throws `passkey.refused`, in the same words whatever was wrong. */
  async finish(assertion: PasskeyAssertion, from: Visitor): Promise<PassedSession> {
    const session = await this.#sessions.inTransaction(
      async ({ audit, passkeys, challenges, operatorSessions, devices }) => {
        const isAsked = (challenge: string) => challenges.spend(challenge, ABOUT);
        const operatorId = await passkeys.ownerBy({ assertion, isAsked });
        const opened = operatorId && (await operatorSessions.open(operatorId, { ...from, with: 'passkey' }));
        if (opened) return { ...opened, deviceToken: (await devices.welcome(opened.id, from.deviceToken)).token };
        // A stranger's answer is written nowhere: there is nothing in it that could be guessed.
        if (operatorId) recordRefusal(audit, operatorId, from);
        return null;
      },
    );
    if (!session) throw new RecordedRefusal('passkey.refused', 'this passkey opens nothing here');
    return session;
  }
}

function recordRefusal(audit: AuditTrail, operatorId: string, { ip, userAgent }: Visitor): void {
  audit.record({
    action: 'operator.sign_in_refused',
    outcome: 'refused',
    subject: { type: 'operator', id: operatorId },
    by: { type: 'anonymous', id: 'anonymous', origin: { requestId: newId(), ip } },
    after: { with: 'passkey', userAgent },
  });
}
