'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from '#components/i18n/words.tsx';
import { LOCALES, type Locale, THEMES, type Theme } from '#components/preferences/preferences.ts';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { SelectField } from '#components/ui/field.tsx';

/** Each language by its own name, and the question in both: who cannot read this one must still find theirs. */
const LOCALE_NAMES: Readonly<Record<Locale, string>> = { ko: '한국어', en: 'English' };
const LANGUAGE = '언어 · Language';

export function LocaleSelect() {
  const router = useRouter();
  const { locale, choose } = usePreferences();
  const change = (next: Locale) => {
    choose({ locale: next });
    router.refresh();
  };
  return (
    <SelectField label={LANGUAGE} value={locale} onChange={(event) => change(event.target.value as Locale)}>
      {LOCALES.map((each) => (
        <option key={each} value={each} lang={each}>
          {LOCALE_NAMES[each]}
        </option>
      ))}
    </SelectField>
  );
}

export function ThemeSelect() {
  const t = useTranslations('common');
  const { theme, choose } = usePreferences();
  return (
    <SelectField label={t('theme')} value={theme} onChange={(event) => choose({ theme: event.target.value as Theme })}>
      {THEMES.map((each) => (
        <option key={each} value={each}>
          {t(`themes.${each}`)}
        </option>
      ))}
    </SelectField>
  );
}

export function PreferenceControls() {
  const t = useTranslations('shell');
  const { letterKeys, choose } = usePreferences();
  return (
    <div className="flex flex-col gap-3">
      <LocaleSelect />
      <ThemeSelect />
      <label className="flex min-h-8 items-center gap-2">
        <input
          type="checkbox"
          checked={letterKeys}
          onChange={(event) => choose({ letterKeys: event.target.checked })}
          className="size-4 accent-focus"
        />
        {t('letterKeys')}
      </label>
    </div>
  );
}
