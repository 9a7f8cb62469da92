import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { DomainError } from '#server/kernel/errors.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { PasskeyAttestation, PasskeyCreation } from '../contract.ts';
import type { OperatorSessions } from '../operator-sessions.ts';
import { tellOwner } from '../second-factor/tell-owner.ts';
import type { PersonAtDoor } from '../session-reader.ts';
import type { Challenges } from './challenges.ts';
import type { Passkeys, RelyingParty } from './passkeys.ts';

/** ES256, EdDSA and RS256, as every authenticator has one of them. */
const ALGORITHMS = [-7, -8, -257];

/** Makes a passkey somebody's: in the session that began it, under the name it was begun with. */
export class PasskeyRegistration {
  readonly #passkeys: Passkeys;
  readonly #challenges: Challenges;
  readonly #operatorSessions: OperatorSessions;
  readonly #notifications: Announcer;
  readonly #site: RelyingParty;

  constructor(deps: {
    passkeys: Passkeys;
    challenges: Challenges;
    operatorSessions: OperatorSessions;
    notifications: Announcer;
    site: RelyingParty;
  }) {
    this.#passkeys = deps.passkeys;
    this.#challenges = deps.challenges;
    this.#operatorSessions = deps.operatorSessions;
    this.#notifications = deps.notifications;
    this.#site = deps.site;
  }

  /** What the browser makes it with. Throws `passkey.unavailable`. */
  async begin(name: string, by: PersonAtDoor): Promise<PasskeyCreation> {
    const known = await this.#passkeys.requestFor(by.id, '');
    return {
      challenge: await this.#challenges.make(aboutOf(name, by)),
      rp: { id: this.#siteId(), name: 'Countersign' },
      user: { id: Buffer.from(by.id).toString('base64url'), name: by.email, displayName: by.name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: known?.allowCredentials ?? [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    };
  }

  /** Keeps what the browser made; the person's other sessions end, and they are told. Throws `passkey.refused`, `passkey.exists`. */
  async finish(name: string, attestation: PasskeyAttestation, by: PersonAtDoor): Promise<string> {
    const { id, response } = attestation;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { ...response, transports: [] },
      },
      expectedChallenge: (challenge) => this.#challenges.spend(challenge, aboutOf(name, by)),
      expectedOrigin: this.#site.origin,
      expectedRPID: this.#siteId(),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(() => ({ verified: false as const, registrationInfo: undefined }));
    if (!verified || !registrationInfo)
      throw new DomainError('passkey.refused', 'this is no passkey that was asked for');
    const { credential, credentialDeviceType } = registrationInfo;
    const passkey = {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      transports: response.transports,
      name,
      deviceBound: credentialDeviceType === 'singleDevice',
      signCount: credential.counter,
    };
    const passkeyId = await this.#passkeys.add(by.id, passkey, by);
    await this.#operatorSessions.endOthers(by, 'passkey added');
    tellOwner(this.#notifications, 'operator.passkey_added', by);
    return passkeyId;
  }

  #siteId(): string {
    if (this.#site.id) return this.#site.id;
    throw new DomainError('passkey.unavailable', 'passkeys need the console to be reached by a name');
  }
}

const aboutOf = (name: string, by: PersonAtDoor): string => `register\0${by.sessionId}\0${name}`;
