import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { BrowserContext, Download, Response } from '@playwright/test';
import { type KnownSecret, SecretSearch } from '../../scripts/canaries/secret-search.ts';
import { secretOfCookie } from '../../scripts/canaries/secrets.ts';
import { remember, secretsSoFar } from './canaries.ts';

interface Answer {
  readonly where: string;
  readonly text: string;
  /** What it may show, this once and nowhere else. */
  readonly shows: readonly KnownSecret[];
  /** What it sets in cookies, which no page's program can read. */
  readonly cookies: readonly KnownSecret[];
}

/** The procedures whose answer is the one place where a new secret is shown, and the field that it stands in. */
const SHOWN_ONCE: Readonly<Record<string, string>> = {
  'apiKeys.create': 'key',
  'apiKeys.rotate': 'key',
  'webhooks.create': 'secret',
  'webhooks.rotateSecret': 'secret',
  'secondFactor.begin': 'key',
  'secondFactor.confirm': 'recoveryCodes',
  'secondFactor.renewRecoveryCodes': 'recoveryCodes',
  'operators.invite': 'link',
};

const FIRST_REDIRECT = 300;
const FIRST_ERROR = 400;
/** Built once for everybody, and looked at when the run is over. */
const BUILT = '/_next/static/';
/** An answer that has not come by then belongs to a page that nobody looks at any more. */
const READ_WITHIN_MS = 3_000;

const isPicture = (response: Response): boolean =>
  ['image', 'font', 'media'].includes(response.request().resourceType());

function shownIn(path: string, text: string): KnownSecret[] {
  const name = path.replace('/api/trpc/', '');
  const field = SHOWN_ONCE[name];
  if (field === undefined) return [];
  const { result } = JSON.parse(text) as { result?: { data: Record<string, string | string[]> } };
  // The token of a link stands behind its `#`.
  return [result?.data[field] ?? []].flat().map((shown) => ({ name, text: shown.split('#').at(-1) ?? '' }));
}

async function cookiesOf(response: Response): Promise<KnownSecret[]> {
  const lines = response.request().method() === 'GET' ? [] : await response.headerValues('set-cookie');
  return lines.map(secretOfCookie);
}

const headersOf = (response: Response): string =>
  JSON.stringify(Object.entries(response.headers()).filter(([name]) => name !== 'set-cookie'));

/** Null where there is nothing to read any more: it was broken off, or its page has gone. */
async function read(response: Response): Promise<Answer | null> {
  const path = new URL(response.url()).pathname;
  const isRedirect = response.status() >= FIRST_REDIRECT && response.status() < FIRST_ERROR;
  try {
    const body = isRedirect ? '' : (await response.body()).toString('utf8');
    return {
      where: `${response.request().method()} ${path}`,
      text: `${headersOf(response)}\n${body}`,
      shows: shownIn(path, body),
      cookies: await cookiesOf(response),
    };
  } catch {
    return null;
  }
}

async function readFileOf(download: Download): Promise<Answer | null> {
  try {
    const text = await readFile(await download.path(), 'utf8');
    return { where: `file ${download.suggestedFilename()}`, text, shows: [], cookies: [] };
  } catch {
    return null;
  }
}

/** Everything that the browsers of a story were sent, read as it comes: a page that goes takes its answers with it. */
export class Answers {
  readonly #reading: Promise<Answer | null>[] = [];

  watch(context: BrowserContext): void {
    context.on('response', (response) => {
      if (!response.url().includes(BUILT) && !isPicture(response)) this.#reading.push(read(response));
    });
    context.on('download', (download) => this.#reading.push(readFileOf(download)));
  }

  /** At the end of the story: where a secret was sent that it should not have been, and which. */
  async leaks(): Promise<readonly string[]> {
    const over = setTimeout(READ_WITHIN_MS, null, { ref: false });
    const all = await Promise.all(this.#reading.map((each) => Promise.race([each, over])));
    const answers = all.filter((answer) => answer !== null);
    const secrets = answers.flatMap(({ shows, cookies }) => [...shows, ...cookies]);
    const search = new SecretSearch([...secretsSoFar(), ...secrets]);
    const hits = answers.flatMap(({ where, text, shows }) => {
      const allowed = new Set(shows.map((shown) => shown.text));
      const found = search.foundIn(text).filter((secret) => !allowed.has(secret.text));
      return found.map(({ name }) => `${where}: ${name}`);
    });
    remember({ secrets, answers: answers.length, hits });
    return hits;
  }
}
