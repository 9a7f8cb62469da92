import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PreferencesProvider } from '#components/preferences/preferences-provider.tsx';
import { readPreferences } from '#components/preferences/read-preferences.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('site');
  return {
    title: { default: 'Countersign', template: '%s · Countersign' },
    description: t('description'),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const preferences = await readPreferences();
  const theme = preferences.theme === 'system' ? undefined : preferences.theme;
  return (
    <html lang={preferences.locale} data-theme={theme}>
      <body>
        <PreferencesProvider initial={preferences} renderedAt={new Date().toISOString()}>
          {children}
        </PreferencesProvider>
      </body>
    </html>
  );
}
