import type { BrowserContext } from '@playwright/test';

/** The browser says this of every answer that is not a success, wanted or not. */
const ABOUT_AN_ANSWER = 'Failed to load resource';

/** Collects what the pages of a context complain about: errors in the console, and what nobody caught. */
export function watchConsole(context: BrowserContext, complaints: string[]): void {
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.startsWith(ABOUT_AN_ANSWER)) complaints.push(`console: ${text}`);
  });
  context.on('weberror', (problem) => complaints.push(`uncaught: ${problem.error().message}`));
}
