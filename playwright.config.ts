import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.ts';

const executablePath = findBrowser();

const PROVIDER_FAILS =
  '**/{unknown,provider-fails,late-callback,resolution,exceptions,wallet-key,notifications}.spec.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/support/stack.ts',
  outputDir: 'test-results',
  reporter: [['list']],
  forbidOnly: true,
  // A test that passes only at the second try has found something.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  projects: [
    { name: 'stories', testIgnore: PROVIDER_FAILS, teardown: 'provider fails' },
    // What goes wrong at the simulated pool goes wrong for everybody, so this comes when the others are done.
    { name: 'provider fails', testMatch: PROVIDER_FAILS, workers: 1 },
  ],
  use: {
    // Set by the global set-up; worker processes read this file again and see it.
    baseURL: process.env['E2E_BASE_URL'],
    browserName: 'chromium',
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    // A trace of every test is a third of their time: ask for one with `--trace on` when a test fails.
    screenshot: 'only-on-failure',
    // A colour on its way from light to dark, or a sheet half faded in, is no finding about contrast.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: executablePath ? { executablePath } : {},
  },
});
