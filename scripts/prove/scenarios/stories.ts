import { setTimeout as pause } from 'node:timers/promises';
import type { Page, Route } from '@playwright/test';
import type { PatientCaller } from '../../chaos/callers.ts';
import type { Asked } from '../stage.ts';

const APPROVE = '**/api/trpc/withdrawals.approve*';
const ANY_CALL = '**/api/trpc/**';
const SLOW_MS = 1_200;
const OFFLINE_MS = 800;

/** What the person has before them: the sheet is open, and this is its last button. */
export interface AtTheSheet {
  readonly page: Page;
  readonly asked: Asked;
  readonly colleague: PatientCaller;
  /** Presses the button; `twice` as an impatient hand does. */
  press(how?: 'once' | 'twice'): Promise<void>;
}

/** Something that goes wrong around one approval. Resolves once all is well again and nothing more is done. */
export type Story = (at: AtTheSheet) => Promise<unknown>;

const lost =
  (when: 'before' | 'after'): Story =>
  async (at) => {
    const met = Promise.withResolvers<void>();
    const handle = async (route: Route) => {
      const answer = when === 'after' ? await route.fetch() : null;
      // What only asks for the second factor arrives.
      if (answer && !answer.ok()) return route.fulfill({ response: answer });
      await route.abort('connectionreset');
      met.resolve();
    };
    await at.page.route(APPROVE, handle);
    await at.press();
    await met.promise;
    await at.page.unrouteAll({ behavior: 'wait' });
  };

export const STORIES: Readonly<Record<string, Story>> = {
  'an ordinary one': (at) => at.press(),
  'the answer is lost after the commit': lost('after'),
  'the call is lost before it arrives': lost('before'),
  'a double click': (at) => at.press('twice'),
  'a colleague has rejected what the screen still shows': async (at) => {
    const { id } = at.asked;
    await at.colleague.ask((caller) => caller.withdrawals.reject.mutate({ id, reason: 'not this one' }));
    await at.press();
  },
  'two people at the same moment': async ({ asked: { id, digest }, colleague, press }) =>
    Promise.all([press(), colleague.call((caller) => caller.withdrawals.approve.mutate({ id, digest }))]),
  'a slow network': async (at) => {
    const handle = async (route: Route) => {
      await pause(SLOW_MS);
      await route.continue();
    };
    await at.page.route(ANY_CALL, handle);
    await at.press();
    await pause(SLOW_MS * 3);
    await at.page.unrouteAll({ behavior: 'wait' });
  },
  'no network for a moment': async (at) => {
    await at.page.context().setOffline(true);
    await at.press();
    await pause(OFFLINE_MS);
    await at.page.context().setOffline(false);
  },
  'back and forth': async (at) => {
    await at.press();
    await at.page.goBack();
    await at.page.goForward();
  },
};
