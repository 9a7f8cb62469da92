import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type CountersignClient, createClient } from 'countersign/client';
import { Answers } from './support/answers.ts';
import { plugIn } from './support/authenticator.ts';
import { watchConsole } from './support/console-watch.ts';
import { told } from './support/environment.ts';
import type { Operator } from './support/operators.ts';
import { sessionOf } from './support/sessions.ts';

export { BEGINNER, KEEPER, NEWCOMER, OPERATORS, type Operator, OWNER, TYPIST } from './support/operators.ts';
export { expect };

interface Stories {
  /** The platform's backend, through the typed client and an API key. */
  readonly platform: CountersignClient;
  /** Fails the test when a page of it wrote an error to the console or threw. */
  readonly complaints: string[];
  /** Fails the test when a browser of it was sent a secret. */
  readonly answers: Answers;
  /** Another person at another machine, signed in. */
  readonly browserOf: (operator: Operator) => Promise<Page>;
}

export const test = base.extend<Stories>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
  platform: async ({}, use) => {
    await use(createClient({ url: told('E2E_BASE_URL'), apiKey: told('E2E_API_KEY') }));
  },
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      watchConsole(context, complaints);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  answers: [
    async ({ browser, context }, use) => {
      const answers = new Answers();
      const watch = (each: BrowserContext) => answers.watch(each);
      watch(context);
      browser.on('context', watch);
      await use(answers);
      browser.off('context', watch);
      expect(await answers.leaks()).toEqual([]);
    },
    { auto: true },
  ],
  browserOf: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (operator) => {
      const context = await browser.newContext();
      contexts.push(context);
      watchConsole(context, complaints);
      const page = await context.newPage();
      await signIn(page, operator);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

/** With the session that was opened when the run began, and a passkey; `sign-in.spec.ts` and others use the form. */
export async function signIn(page: Page, operator: Operator): Promise<void> {
  await page.context().addCookies([{ ...sessionOf(operator), url: told('E2E_BASE_URL') }]);
  await plugIn(page, operator);
}
