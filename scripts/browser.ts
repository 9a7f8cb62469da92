import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { run, tool } from './processes/run.ts';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const APT = '/usr/bin/apt-get';

function canRun(path: string | undefined): path is string {
  if (!path || !existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser for the tests: the one asked for, else the system's, else Playwright's own. */
export function findBrowser(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const asked = env['CHROMIUM_PATH'];
  if (asked) return canRun(asked) ? asked : undefined;
  return [SYSTEM_CHROMIUM, chromium.executablePath()].find(canRun);
}

/** With fonts for Korean, without which a screen test would see boxes. */
function installSystemChromium(): void {
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync(APT, ['update', '-q'], options);
  spawnSync(APT, ['install', '-qy', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options);
}

async function install(): Promise<void> {
  console.log('No browser for the tests was found: installing one.');
  if (process.getuid?.() === 0 && existsSync(APT)) installSystemChromium();
  if (!findBrowser()) await run([tool('playwright'), 'install', 'chromium']);
}

/** The browser for the tests, installed if need be. Throws one line when there is none to be had. */
export async function browserOrInstall(): Promise<string> {
  if (!findBrowser() && !process.env['CHROMIUM_PATH']) await install();
  const found = findBrowser();
  if (!found) throw new Error('No Chromium for the browser tests: install one, or set CHROMIUM_PATH to it.');
  return found;
}
