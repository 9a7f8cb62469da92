import type { CountersignClient } from 'countersign/client';
import { expect, OPERATORS, signIn, test } from './fixtures.ts';
import { awake, visit } from './pages/console.ts';
import { expectNoViolations, expectNoViolationsInLight } from './support/axe.ts';
import { told } from './support/environment.ts';
import { openIncident } from './support/incidents.ts';
import { credit, newMember } from './support/orders.ts';

interface Sheet {
  readonly addressOf: (platform: CountersignClient) => Promise<string>;
  /** The buttons that lead to it. */
  readonly path: Readonly<Record<'ko' | 'en', readonly string[]>>;
}

const walletOf = async (platform: CountersignClient) =>
  `/wallets/${(await platform.wallets.create.mutate({ memberId: newMember() })).id}`;

const SHEETS: Readonly<Record<string, Sheet>> = {
  'deciding an incident': {
    addressOf: async () => `/exceptions?id=incident.${await openIncident()}`,
    path: { ko: ['확인하고 종결'], en: ['Close as looked at'] },
  },
  'correcting the books': {
    addressOf: async () => `/exceptions?id=incident.${await openIncident()}`,
    path: { ko: ['장부 정정'], en: ['Correct the books'] },
  },
  'taking a credit back': {
    addressOf: async (platform) => {
      const memberId = newMember();
      await credit(platform, { memberId, asset: 'LTC', amount: '1' });
      return `/balances?member=${memberId}`;
    },
    path: { ko: ['적립', '적립 취소 제안하기'], en: ['Credit', 'Propose to reverse it'] },
  },
  'changing a wallet’s key': { addressOf: walletOf, path: { ko: ['키 교체 제안'], en: ['Propose a new key'] } },
  'booking what the company paid into a wallet': {
    addressOf: walletOf,
    path: { ko: ['회사 입금 기록 제안'], en: ['Propose a company payment'] },
  },
  'freezing, with what it would stop': {
    addressOf: async () => '/status',
    path: { ko: ['보내기 정지'], en: ['Freeze sending'] },
  },
  'making a webhook': {
    addressOf: async () => '/settings/webhooks',
    path: { ko: ['웹훅 만들기'], en: ['Create webhook'] },
  },
};

test.describe.configure({ mode: 'parallel' });

/** Colours are the same in both languages: dark is looked at in one of them. */
const LANGUAGES = [
  { locale: 'en', expectNothing: expectNoViolationsInLight },
  { locale: 'ko', expectNothing: expectNoViolations },
] as const;

for (const { locale, expectNothing } of LANGUAGES) {
  for (const [name, { addressOf, path }] of Object.entries(SHEETS)) {
    test(`${locale}: axe finds nothing in the sheet for ${name}, empty and refused`, async ({ page, platform }) => {
      await page.context().addCookies([{ name: 'locale', value: locale, url: told('E2E_BASE_URL') }]);
      await signIn(page, OPERATORS.admin);
      await visit(page, await addressOf(platform));
      for (const name of path[locale]) {
        const button = page.getByRole('button', { name, exact: true });
        await awake(button);
        await button.click();
      }
      const sheet = page.getByRole('dialog').filter({ has: page.locator('form') });
      await expect(sheet).toBeVisible();
      await expectNothing(page);
      await sheet.locator('button[type=submit]').click();
      await expect(sheet.locator('[aria-invalid=true]').first()).toBeVisible();
      await expectNothing(page);
    });
  }
}
