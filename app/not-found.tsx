import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  const t = await getTranslations('site');
  return (
    <main className="mx-auto flex min-h-dvh max-w-[720px] flex-col items-start justify-center gap-4 p-6">
      <h1 className="font-semibold text-xl">{t('notFound')}</h1>
      <p className="text-ink-2">{t('notFoundNext')}</p>
      <a href="/" className="text-focus underline">
        {t('toOverview')}
      </a>
    </main>
  );
}
