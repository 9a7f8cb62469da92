import { expect, type Locator, type Page } from '@playwright/test';

/** Until React has taken over what the server sent, a click would lead nowhere. */
export async function awake(element: Locator): Promise<void> {
  const taken = () => element.evaluate((node) => Object.keys(node).some((key) => key.startsWith('__reactProps$')));
  await expect.poll(taken).toBe(true);
}

/** Opens a screen of the console by its address. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page.getByRole('main'));
}
