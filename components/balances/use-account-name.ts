import { useTranslations } from '#components/i18n/words.tsx';

type Known = Parameters<ReturnType<typeof useTranslations<'corrections'>>>[0];

const OF_SOMEBODY: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/^(user|wallet):.+:(available|held|in_flight|payable)$/, ([, of, bucket]) => `${of}:${bucket}`],
  [/^receivable:user:.+$/, () => 'receivable:user'],
  [/^(chain|gas):.{36}$/, ([, of]) => `${of}`],
];

/** What an account of the books is called; null for one that has no name here. */
export function useAccountName(): (code: string) => string | null {
  const t = useTranslations('balances');
  const tCorrections = useTranslations('corrections');
  return (code) => {
    const company = `account.${code}` as Known;
    if (tCorrections.has(company)) return tCorrections(company);
    for (const [pattern, nameOf] of OF_SOMEBODY) {
      const found = pattern.exec(code);
      const key = found && (`accounts.${nameOf(found)}` as 'accounts.chain');
      if (key && t.has(key)) return t(key);
    }
    return null;
  };
}
