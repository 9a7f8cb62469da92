import { expect, type Locator, type Page } from '@playwright/test';

const CONTROLS = 'a[href], button, input, select, textarea, summary';

/** Until React has taken over what the server sent, a click would lead nowhere: the element and every control inside it. */
export async function awake(element: Locator): Promise<void> {
  const taken = () =>
    element.evaluate((node, controls) => {
      const stillStreamed = node.querySelector('template[id^="B:"]') !== null;
      const asleep = (part: Element) => !Object.keys(part).some((key) => key.startsWith('__reactProps$'));
      return !(stillStreamed || [node, ...node.querySelectorAll(controls)].some(asleep));
    }, CONTROLS);
  await expect.poll(taken).toBe(true);
}

/** Opens a screen of the console by its address. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page.getByRole('main'));
}
