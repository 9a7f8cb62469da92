import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '#messages/en.json';
import ko from '#messages/ko.json';

type Tree = { readonly [key: string]: string | Tree };

const flat = (tree: Tree, path = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)],
    ),
  );

const korean = flat(ko);
const english = flat(en);

/** Stands for a key that is only known at run time. */
const ANY_KEY = '*';

const root = new URL('../../', import.meta.url).pathname;
const sources = ['app', 'components']
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${root}${folder}/${file}`),
  )
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  // One function at a time: `t` means another namespace in the next.
  .flatMap((file) => readFileSync(file, 'utf8').split(/\n(?=(?:export )?(?:default )?(?:async )?function )/));

/** Every way our sources name a key: `t('a.b')` whole, or `t(`a.${word}`)` with a part that is filled in. */
function keysUsedIn(source: string): RegExp[] {
  const translators = [
    ...[...source.matchAll(/const (\w+) = (?:await )?(?:use|get)Translations\('(\w+)'\)/g)].map(([, name, space]) => [
      name,
      space,
    ]),
    ...[...source.matchAll(/(\w+): Words\b/g)].map(([, name]) => [name, 'withdrawals']),
  ];
  return translators.flatMap(([name, space]) => {
    const inCalls = [
      ...source.matchAll(new RegExp(`(?<![\\w.])${name}(?:\\.has)?\\(((?:[^()]|\\([^()]*\\))*)\\)`, 'g')),
    ];
    const texts = inCalls.flatMap(([, inside = '']) => [
      ...inside.replace(/[!=]== '\w+'/g, '').matchAll(/'([\w.-]+)'|`([^`]+)`/g),
    ]);
    const keys = texts.map(([, plain, template]) => plain ?? template ?? '');
    const whole = inCalls.some(([, inside = '']) => /^\w+(?:\.\w+)*(?: as [^)]+)?$/.test(inside.trim()))
      ? [ANY_KEY]
      : [];
    return [...keys, ...whole].map((key) => keyPattern(`${space}.${key}`));
  });
}

/** A part that is filled in at run time may be one word or several, or the code of an account. */
const keyPattern = (key: string) =>
  new RegExp(
    `^${key
      .split(/\*|\$\{(?:[^{}]|\{[^{}]*\})*\}/)
      .map((part) => part.replace(/[.]/g, '\\.'))
      .join('[\\w.:-]+')}$`,
  );

describe('the messages', () => {
  it('exist in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...korean.keys()].sort());
  });

  it('fill in the same values in both languages', () => {
    const holes = (text = '') => [...text.matchAll(/\{(\w+)(?:\}|, plural)/g)].map(([, name]) => name).sort();
    const different = [...korean].filter(([key, text]) => holes(text).join() !== holes(english.get(key)).join());
    expect(different).toEqual([]);
  });

  it('are all used', () => {
    const patterns = sources.flatMap(keysUsedIn);
    const unused = [...korean.keys()].filter((key) => !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  it('are all there', () => {
    const missing = sources
      .flatMap(keysUsedIn)
      .filter((pattern) => ![...korean.keys()].some((key) => pattern.test(key)));
    expect(missing).toEqual([]);
  });

  it('hold no English in Korean but names and codes', () => {
    const allowed = /HashDam|MBlock|BNB|LTC|API|UTC|DEMO|QR|CSV/g;
    const foreign = [...korean].filter(([, text]) =>
      /[A-Za-z]/.test(text.replace(/\{\w+\}/g, '').replace(allowed, '')),
    );
    expect(foreign).toEqual([]);
  });

  it('never say "paid" of what only reached the company account', () => {
    expect(korean.get('withdrawals.status.in_company_account')).toBe('회사 계정 입금 완료 · 회원 지급 미확인');
    expect(english.get('withdrawals.status.in_company_account')).toBe(
      'In company account · member payment not reported',
    );
    const says = [...korean].filter(([, text]) => text.includes('지급 완료')).map(([key]) => key);
    expect(says).toEqual(['withdrawals.status.handed_over']);
  });
});
