import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { SearchParams } from '#components/url/params.ts';
import type { MeView } from '#server/operators/contract.ts';
import type { SecondFactorState } from '#server/operators/statuses.ts';
import { read, trpc } from './server.tsx';

/** Who is signed in, asked once for each page. */
export async function whoIsSignedIn(): Promise<MeView | null> {
  try {
    return await read(trpc.operators.me.queryOptions({}));
  } catch (error) {
    if (isUnauthorized(error)) return null;
    throw error;
  }
}

/** How far a sign-in has come; null before the password. */
export async function secondFactorState(): Promise<SecondFactorState | null> {
  try {
    return (await read(trpc.secondFactor.state.queryOptions({}))).state;
  } catch (error) {
    if (isUnauthorized(error)) return null;
    throw error;
  }
}

/** The cookie of a session is put away by signing out, and stays behind when the session ends by itself. */
export async function wasSignedIn(): Promise<boolean> {
  return (await cookies()).getAll().some(({ name }) => name.endsWith('countersign.session_token'));
}

/**
 * First thing on every page of the console: signing in leads back to where the link pointed. A courtesy, not a guard:
 * every procedure decides for itself who may read what.
 */
export async function signInFirst(path: string, searchParams?: Promise<SearchParams>): Promise<void> {
  if (await whoIsSignedIn()) return;
  const query = new URLSearchParams(await textParams(searchParams)).toString();
  redirect(`/sign-in?${new URLSearchParams({ next: query ? `${path}?${query}` : path })}`);
}

async function textParams(searchParams: Promise<SearchParams> | undefined): Promise<[string, string][]> {
  const entries = Object.entries((await searchParams) ?? {});
  return entries.flatMap(([name, value]) => [value ?? []].flat().map((each): [string, string] => [name, each]));
}

const isUnauthorized = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'UNAUTHORIZED';
