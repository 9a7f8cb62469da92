import { API_KEY_SCOPES, OPERATOR_ROLES, type OperatorRole } from '#server/kernel/actor.ts';
import { appRouter } from '#server/trpc/root.ts';
import { nextCode } from '../../local/authenticator.ts';
import { accountOf, callerOf, cookieOf } from '../../local/callers.ts';
import type { Stage } from '../stage.ts';
import { ask, type Reply } from './ask.ts';

/** Somebody at the door, with what they send along and what they may do. */
export interface DoorCaller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether there is anything at all that they may see. */
  readonly isInside: boolean;
  /** The code with which this procedure refuses them; null where they are let in. */
  refusal(procedure: Procedure): string | null;
}

export interface Procedure {
  readonly path: string;
  readonly isQuery: boolean;
  readonly access: Access;
}
interface Access {
  readonly roles: readonly OperatorRole[];
  readonly scope?: string;
  readonly anyone?: true;
  readonly whilePending?: true;
}
type Declared = Readonly<Record<string, { _def: { type: string; meta?: { access?: Access } } }>>;

/** Every procedure of the router. What each declares is held against the table of access.test.ts there. */
export const PROCEDURES: readonly Procedure[] = Object.entries(appRouter._def.procedures as unknown as Declared).map(
  ([path, { _def }]) => ({ path, isQuery: _def.type === 'query', access: _def.meta?.access ?? { roles: [] } }),
);

const FORBIDDEN = 'auth.forbidden';
const nobody = ({ access }: Procedure) => (access.anyone ? null : 'auth.required');
const halfWay = ({ access }: Procedure) => (access.whilePending ? null : 'auth.second_factor_required');

const withRole = (role: OperatorRole, headers: DoorCaller['headers']): DoorCaller => ({
  name: role,
  headers,
  isInside: true,
  refusal: ({ access }) => (access.roles.includes(role) ? null : FORBIDDEN),
});

const withScope = (scope: string, headers: DoorCaller['headers']): DoorCaller => ({
  name: `key:${scope}`,
  headers,
  isInside: true,
  refusal: ({ access }) => (access.scope === scope ? null : FORBIDDEN),
});

/** Sends what the console's own page sends: a change is only then looked at. */
const byCookie = ({ world }: Stage, cookie: string) => ({ cookie, origin: world.appUrl });

/** Somebody new of this role, who has a password and nothing else yet. */
async function hired({ world, cast }: Stage, role: OperatorRole, email: string): Promise<string> {
  const { id, link } = await cast.admin.ask((client) => client.operators.invite.mutate({ email, role }));
  const body = JSON.stringify({
    token: link.split('#')[1],
    name: `New ${role}`,
    password: world.secrets.DEMO_PASSWORD,
  });
  const headers = { 'content-type': 'application/json', origin: world.appUrl };
  const path = '/api/trpc/signIn.acceptInvitation';
  const { status } = await ask(world.appUrl, { method: 'POST', path, headers, body });
  if (status !== 200) throw new Error(`${email} could not accept the invitation ${id}: ${status}`);
  return email;
}

/** Signed in with the password alone, whatever comes after it. */
async function halfSignedIn({ world }: Stage, email: string): Promise<string> {
  const body = JSON.stringify({ email, password: world.secrets.DEMO_PASSWORD });
  const headers = { 'content-type': 'application/json', origin: world.appUrl };
  const reply = await ask(world.appUrl, { method: 'POST', path: '/api/auth/sign-in/email', headers, body });
  return cookiesOf(reply);
}

const cookiesOf = ({ headers }: Reply): string =>
  (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');

/** The session of an admin who had given both factors and could do everything, and is disabled since. */
async function disabledAdmin(stage: Stage, email: string): Promise<string> {
  const cookie = await signedInAnew(stage, await hired(stage, 'admin', email));
  const [{ id } = { id: '' }] = await stage.sql<{ id: string }>('select id from operators where email = $1', [email]);
  await stage.cast.admin.ask((client) => client.operators.disable.mutate({ id, reason: 'as agreed' }));
  return cookie;
}

/** Signed in by somebody new, who sets up the second factor that their role demands. */
async function signedInAnew(stage: Stage, email: string): Promise<string> {
  const { appUrl } = stage.world;
  const half = { cookie: await halfSignedIn(stage, email), origin: appUrl };
  const { key } = await callerOf(half, { appUrl }).secondFactor.begin.mutate({});
  const headers = { 'content-type': 'application/json', ...half };
  const body = JSON.stringify({ code: await nextCode(email, key) });
  const reply = await ask(appUrl, { method: 'POST', path: '/api/trpc/secondFactor.confirm', headers, body });
  const cookie = cookiesOf(reply);
  // Throws where it is no whole session: what is refused afterwards would prove nothing.
  await callerOf({ cookie }, { appUrl }).operators.list.query({});
  return cookie;
}

const everybody = new WeakMap<Stage, Promise<readonly DoorCaller[]>>();

/** Nobody, everybody by role, each key by scope, a disabled admin, and those half-way through signing in; made once. */
export function everyCaller(stage: Stage): Promise<readonly DoorCaller[]> {
  const known = everybody.get(stage) ?? gather(stage);
  everybody.set(stage, known);
  return known;
}

async function gather(stage: Stage): Promise<readonly DoorCaller[]> {
  const { world, cast } = stage;
  const email = (who: string) => `${who}@doors.example`;
  const signedIn = async (address: string) => cookieOf(world.appUrl, accountOf(address, world.secrets));
  const cookies: Readonly<Record<OperatorRole, string>> = {
    support: await signedIn(await hired(stage, 'support', email('support'))),
    finance: cast.finance[1].headers['cookie'] ?? '',
    admin: cast.admin.headers['cookie'] ?? '',
    auditor: await signedIn(await hired(stage, 'auditor', email('auditor'))),
  };
  const keys = await Promise.all(
    API_KEY_SCOPES.map(async (scope) => {
      const { key } = await cast.admin.ask((client) => client.apiKeys.create.mutate({ name: scope, scopes: [scope] }));
      return withScope(scope, { authorization: `Bearer ${key}` });
    }),
  );
  const gone = await disabledAdmin(stage, email('gone'));
  const asked = await halfSignedIn(stage, 'one@chaos.example');
  const setUp = await halfSignedIn(stage, await hired(stage, 'finance', email('new')));
  return [
    { name: 'anonymous', headers: { origin: world.appUrl }, isInside: false, refusal: nobody },
    { name: 'disabled admin', headers: byCookie(stage, gone), isInside: false, refusal: nobody },
    { name: 'asked for a code', headers: byCookie(stage, asked), isInside: false, refusal: halfWay },
    { name: 'second factor to be set up', headers: byCookie(stage, setUp), isInside: false, refusal: halfWay },
    ...OPERATOR_ROLES.map((role) => withRole(role, byCookie(stage, cookies[role]))),
    ...keys,
  ];
}
