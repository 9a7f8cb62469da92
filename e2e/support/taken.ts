import type { Page } from '@playwright/test';

/** The calls of these procedures that the server took, as they happen; the one that only asks for the second factor is none. */
export function takenFrom(page: Page, procedures: RegExp): string[] {
  const taken: string[] = [];
  page.on('response', (response) => {
    if (procedures.test(response.url()) && response.ok()) taken.push(response.url());
  });
  return taken;
}
