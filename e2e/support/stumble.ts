import type { Page } from '@playwright/test';

export const incident = { id: '0198c0de-0000-7000-8000-00000000beef' };

const pathOf = (procedure: string) => `**/api/trpc/${procedure}*`;

/** From now on the browser's reads by this procedure end in an error that nobody foresaw. */
export const stumble = (page: Page, procedure: string) =>
  page.route(pathOf(procedure), (route) =>
    route.fulfill({
      status: 500,
      json: { error: { message: 'unexpected', code: -32_603, data: { httpStatus: 500, incidentId: incident.id } } },
    }),
  );

export const recover = (page: Page, procedure: string) => page.unroute(pathOf(procedure));
