import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { EACH_MUTATION, type EachMutation, type Me } from '#server/testing/each-mutation.ts';
import { withFault } from '#server/testing/statement-faults.ts';
import { granting, steppedUp } from '#server/testing/stepped-up.ts';
import { platformOf } from '#server/testing/withdrawals.ts';
import type { Context } from '#server/trpc/context.ts';
import { appRouter, createCaller } from '#server/trpc/root.ts';
import { figure } from '../../scripts/prove/size.ts';

const KEY = { AUDIT_SIGNING_KEYS: Buffer.alloc(32, 4).toString('base64') };
const IP = '203.0.113.7';

/** Not changes that anybody could ask about later. */
const LEAVES_NOTHING: Readonly<Record<string, string>> = {
  'sessions.touch': 'the session goes on, as it does with every call',
  'stepUp.begin': 'a question that is forgotten unless it is answered, and the answer is recorded',
  'passkeys.begin': 'a question that is forgotten unless it is answered, and the answer is recorded',
  'signIn.beginPasskey': 'a question that is forgotten unless it is answered, and the answer is recorded',
  'signIn.lookAtInvitation': 'a look; it is a mutation so that the token stands in no address',
};

/** Done with an authenticator, a cookie or a provider in a certain state: there the row is looked at, by its word. */
const SEEN_ELSEWHERE: Readonly<Record<string, readonly [file: string, action: string]>> = {
  'stepUp.confirm': ['operators/step-up/step-up.db.test.ts', 'step_up.confirmed'],
  'secondFactor.begin': ['operators/second-factor/second-factor.db.test.ts', 'second_factor.begun'],
  'secondFactor.confirm': ['operators/second-factor/second-factor.db.test.ts', 'second_factor.set_up'],
  'secondFactor.verify': ['operators/second-factor/second-factor.db.test.ts', 'second_factor.passed'],
  'secondFactor.renewRecoveryCodes': [
    'operators/second-factor/second-factor.db.test.ts',
    'second_factor.recovery_codes_renewed',
  ],
  'passkeys.register': ['operators/passkeys/passkeys.db.test.ts', 'passkey.added'],
  'passkeys.remove': ['operators/passkeys/passkeys.db.test.ts', 'passkey.removed'],
  'signIn.passkey': ['operators/passkeys/passkeys.db.test.ts', 'operator.signed_in'],
  'operators.resetSecondFactor': ['operators/second-factor/second-factor.db.test.ts', 'second_factor.reset'],
  'wallets.probeKey': ['wallets/key-rotation.db.test.ts', 'wallet.key_probed'],
  'notifications.resend': ['notifications/delivery-failures.db.test.ts', 'notification.resent'],
  'webhooks.resend': ['notifications/delivery-failures.db.test.ts', 'notification.resent'],
  'reconciliation.explain': ['reconciliation/reconciliation-runs.db.test.ts', 'reconciliation.explained'],
};

type Declared = { _def: { type: string; meta?: { access: { anyone?: true } } } };
const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, Declared>>;
const mutations = Object.keys(procedures).filter((path) => procedures[path]?._def.type === 'mutation');

let app: TestApplication;
let looked = 0;
beforeAll(async () => {
  app = await testApplication({ environment: KEY });
});
afterAll(async () => {
  figure(
    `${looked} outcomes of ${mutations.length} mutations looked at: each is a row with who, where from, when and what`,
  );
  await app.close();
});

type Somebody = { readonly caller: Context['caller']; readonly me: Me };

const people = new Map<EachMutation['by'], Promise<Somebody>>();
/** The same one at every call: making one costs a password hash. */
function somebody(by: EachMutation['by']): Promise<Somebody> {
  const person = people.get(by) ?? somebodyNew(by);
  people.set(by, person);
  return person;
}

async function somebodyNew(by: EachMutation['by']): Promise<Somebody> {
  const { container } = app;
  if (by === 'anonymous') return { caller: null, me: { id: 'sign-in', sessionId: '', caller: app.anonymous() } };
  if (by === 'key') {
    const { id, caller } = await platformOf(app);
    const scopes = ['read', 'credit', 'withdraw', 'wallets'] as const;
    return { caller: { type: 'api_key', id, scopes }, me: { id, sessionId: '', caller } };
  }
  const { id } = await app.signedInAs(by);
  const sessionId = newId();
  const caller = {
    type: 'operator',
    id,
    role: by,
    name: by,
    email: `${id}@example.test`,
    sessionId,
    secondFactor: 'passed',
  } as const;
  const plain = createCaller({ container, caller, origin: { requestId: newId(), ip: null } });
  return { caller, me: { id, sessionId, caller: steppedUp(plain, granting(app, { id, sessionId })) } };
}

interface Try {
  readonly path: string;
  readonly input: unknown;
  /** The database breaks off in the middle of it. */
  readonly breaksOff?: boolean;
}

/** One call under a request id of its own, with the second factor given before; resolves to its rows. */
async function tried({ caller, me }: Somebody, { path, input, breaksOff = false }: Try) {
  const requestId = newId();
  const own = createCaller({ container: app.container, caller, origin: { requestId, ip: IP } });
  const call = path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], own);
  if (me.sessionId) await granting(app, me)(path, input);
  const made = () =>
    (call as (input: unknown) => Promise<unknown>)(input).then(
      () => null,
      (thrown: unknown) => thrown,
    );
  const error = await (breaksOff ? withFault({ at: 0, fault: 'thrown', onMet: () => undefined }, made) : made());
  const rows = await app.sql<Row>('select * from audit_events where request_id = ? order by id', [requestId]);
  looked += 1;
  return { error, rows };
}

interface Row {
  readonly action: string;
  readonly outcome: string;
}

const whole = ({ caller, me }: Somebody) => ({
  actor_type: caller?.type ?? expect.stringMatching(/^(system|anonymous)$/),
  actor_id: caller ? me.id : expect.any(String),
  session_id: caller?.type === 'operator' ? me.sessionId : null,
  ip: IP,
  at: expect.anything(),
  subject_id: expect.stringMatching(/./),
  mac: expect.stringMatching(/^[0-9a-f]{64}$/),
});

test('everything that can be done is looked at here, or leaves nothing', () => {
  const known = [EACH_MUTATION, LEAVES_NOTHING, SEEN_ELSEWHERE].flatMap((list) => Object.keys(list));
  expect(known.toSorted()).toEqual(mutations.toSorted());
});

test.each(Object.entries(SEEN_ELSEWHERE))('%s is looked at where it can be done', (_path, [file, action]) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(`'${action}'`);
});

describe.each(Object.entries(EACH_MUTATION))('%s', (path, { by, input }) => {
  test('is a row when it fails, when it is done, and when it is refused', async () => {
    const person = await somebody(by);
    const given = await input(app, person.me);
    const failed = await tried(person, { path, input: given, breaksOff: true });
    const after = expect.objectContaining({ incidentId: expect.any(String) });
    expect(failed.rows).toEqual([
      expect.objectContaining({ ...whole(person), action: path, outcome: 'failed', after }),
    ]);
    const done = await tried(person, { path, input: given });
    expect(done.error).toBeNull();
    expect(done.rows).toContainEqual(expect.objectContaining({ ...whole(person), outcome: 'done' }));
    const again = await tried(person, { path, input: given });
    if (again.error)
      expect(again.rows).toEqual([expect.objectContaining({ ...whole(person), action: path, outcome: 'refused' })]);
  });
});

describe.each(mutations.filter((path) => !procedures[path]?._def.meta?.access.anyone))('%s', (path) => {
  test('is a row when it is not for who tries it', async () => {
    const reader: Somebody = {
      caller: { type: 'api_key', id: newId(), scopes: [] },
      me: { id: '', sessionId: '', caller: app.anonymous() },
    };
    const { rows } = await tried(reader, { path, input: { reason: 'r' } });
    expect(rows).toEqual([
      expect.objectContaining({
        action: path,
        outcome: 'refused',
        actor_type: 'api_key',
        ip: IP,
        after: { code: 'auth.forbidden' },
      }),
    ]);
  });
});
