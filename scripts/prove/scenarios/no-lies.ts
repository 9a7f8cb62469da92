import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, type Locator, type Page } from '@playwright/test';
import ko from '#messages/ko.json' with { type: 'json' };
import { browserOrInstall } from '../../browser.ts';
import { Random } from '../../chaos/random.ts';
import { PEOPLE } from '../../chaos/world.ts';
import { accountOf } from '../../local/callers.ts';
import { plugInPasskey } from '../../local/virtual-authenticator.ts';
import { onShutdown } from '../../processes/shutdown.ts';
import { type Asked, type Measured, type Stage, tallied } from '../stage.ts';
import { STORIES } from './stories.ts';

const TRUE_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 50;
const WORDS: Readonly<Record<string, string>> = ko.withdrawals.status;
const MEANS_APPROVED = ['approved', 'submitted', 'in_company_account'].map((status) => WORDS[status] ?? '');

const SAYS_APPROVED = ko.withdrawals.decision.done.approved;

/** What a person reads, and what the database says a moment later. */
interface Look {
  readonly read: string;
  readonly status: string;
  readonly word: string;
}

/** One person at one browser, who has signed in with a passkey. */
class Person {
  readonly #stage: Stage;
  readonly #page: Page;

  private constructor(stage: Stage, page: Page) {
    this.#stage = stage;
    this.#page = page;
  }

  static async at(browser: Browser, stage: Stage): Promise<Person> {
    const { appUrl, secrets } = stage.world;
    const context = await browser.newContext({ baseURL: appUrl, locale: 'ko-KR' });
    const [session = ''] = (stage.cast.finance[0].headers['cookie'] ?? '').split('; ');
    const [name = '', value = ''] = session.split('=');
    await context.addCookies([{ name, value: decodeURIComponent(value), url: appUrl }]);
    const page = await context.newPage();
    const { id } = accountOf(PEOPLE[0].email, secrets).device(appUrl);
    await plugInPasskey(page, { id, key: secrets.LOCAL_PASSKEY, appUrl });
    return new Person(stage, page);
  }

  /** Also while the sheet lies over it. */
  get #panel(): Locator {
    return this.#page.getByRole('complementary', { name: '출금 상세', includeHidden: true });
  }

  get #lastButton(): Locator {
    return this.#page.getByRole('dialog', { name: '이 출금을 승인합니다' }).getByRole('button', { name: '승인하기' });
  }

  async toTheSheet({ id }: Asked): Promise<void> {
    await this.#page.goto('/withdrawals');
    await this.#page.goto(`/withdrawals?id=${id}`);
    const open = this.#panel.getByRole('button', { name: '승인', exact: true });
    // Until React has taken over what the server sent, a click would lead nowhere.
    while (!(await this.#lastButton.isVisible())) {
      await open.click({ timeout: TRUE_WITHIN_MS }).catch(() => undefined);
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Plays the story, and looks all the while and for three seconds afterwards. Resolves to what was wrong. */
  async live(asked: Asked, name: string): Promise<string[]> {
    const wrong = new Set<string>();
    const play = STORIES[name];
    if (!play) throw new Error(`there is no story: ${name}`);
    let isOver = false;
    const press = async (how?: 'once' | 'twice') => {
      if (how === 'twice') await this.#lastButton.dblclick();
      else await this.#lastButton.click();
    };
    const colleague = this.#stage.cast.finance[1];
    const watched = this.#watch(asked, wrong, () => isOver);
    await play({ page: this.#page, asked, colleague, press });
    isOver = true;
    await watched;
    if (!(await this.#becomesTrue(asked))) {
      const { read, status } = await this.#look(asked);
      wrong.add(`after ${TRUE_WITHIN_MS} ms the screen says "${read}" of what is ${status}`);
    }
    const votes = await this.#stage.sql<{ operator_id: string }>(
      'select operator_id from withdrawal_approvals where withdrawal_id = $1',
      [asked.id],
    );
    if (votes.length > 1) wrong.add(`${votes.length} votes of a withdrawal that needs one`);
    return [...wrong];
  }

  /** The screen first: whatever it says must be in the database by then. */
  async #look({ id }: Asked): Promise<Look> {
    const read = ((await this.#summary.textContent({ timeout: 500 }).catch(() => null)) ?? '').replace(/\s+/g, ' ');
    const [row] = await this.#stage.sql<{ status: string }>('select status from withdrawals where id = $1', [id]);
    const status = row?.status ?? '';
    return { read, status, word: WORDS[status === 'completed' ? 'in_company_account' : status] ?? status };
  }

  get #summary(): Locator {
    return this.#panel.getByRole('region', { name: '요약', includeHidden: true });
  }

  async #watch(asked: Asked, wrong: Set<string>, isOver: () => boolean): Promise<void> {
    for (; !isOver(); await pause(LOOK_EVERY_MS)) {
      const isSaid = await this.#panel.getByText(SAYS_APPROVED).isVisible();
      const { read, status } = await this.#look(asked);
      const isClaimed = isSaid || MEANS_APPROVED.some((word) => read.includes(word));
      if (status === 'pending' && isClaimed) wrong.add('it said that it was approved before it was so');
    }
  }

  /** Whether the screen follows: it may be three seconds behind what last changed, and no more. */
  async #becomesTrue(asked: Asked): Promise<boolean> {
    let last = '';
    for (let until = 0; last === '' || Date.now() < until; await pause(LOOK_EVERY_MS)) {
      const { read, status, word } = await this.#look(asked);
      if (read.includes(word)) return true;
      if (status === last) continue;
      last = status;
      until = Date.now() + TRUE_WITHIN_MS;
    }
    return false;
  }
}

/** All stories again and again, shuffled anew each time: a function of the number alone. */
function drawn(times: number): readonly string[] {
  const random = new Random(39);
  const names: string[] = [];
  while (names.length < times) {
    const round = Object.keys(STORIES).map((name) => ({ name, order: random.next() }));
    names.push(...round.toSorted((one, other) => one.order - other.order).map(({ name }) => name));
  }
  return names.slice(0, times);
}

/** Row 39: approvals in a real browser while something goes wrong; which story each run is follows from its number. */
export async function neverALie(stage: Stage, times: number): Promise<Measured> {
  const browser = await chromium.launch({ executablePath: await browserOrInstall() });
  const forget = onShutdown(() => browser.close());
  const person = await Person.at(browser, stage);
  const played: string[] = [];
  const lies: string[] = [];
  const from = Date.now();
  for (const [at, name] of drawn(times).entries()) {
    const run = at + 1;
    played.push(name);
    const asked = await stage.ask();
    await person.toTheSheet(asked);
    for (const wrong of await person.live(asked, name)) lies.push(`run ${run}, ${name}: ${wrong}`);
  }
  forget();
  await browser.close();
  return {
    holds: lies.length === 0,
    figures: [
      `${times} runs of ${Math.round((Date.now() - from) / times)} ms: ${JSON.stringify(tallied(played))}`,
      `${lies.length} times the screen said what was not so, or was not true within ${TRUE_WITHIN_MS} ms`,
      ...lies,
    ],
  };
}
