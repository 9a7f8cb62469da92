import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { SecondStep } from '#components/second-factor/second-step.tsx';
import { DemoBanner } from '#components/shell/demo-banner.tsx';
import { safeNextPath } from '#components/sign-in/sign-in.ts';
import { SignInForm } from '#components/sign-in/sign-in-form.tsx';
import type { SearchParams } from '#components/url/params.ts';
import { isDemo } from '../_trpc/server.tsx';
import { secondFactorState, wasSignedIn } from '../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn');
  return { title: t('title') };
}

export default async function SignInPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { next } = await searchParams;
  const path = safeNextPath(typeof next === 'string' ? next : undefined);
  const state = await secondFactorState();
  const demo = await isDemo();
  return (
    <ClientMessages namespaces={['signIn', 'secondFactor', 'shell']}>
      <div className="flex min-h-dvh flex-col">
        {demo && <DemoBanner />}
        <main className="flex flex-1 flex-col items-center justify-center gap-6 p-4">
          <p className="font-semibold text-xl">Countersign</p>
          {state === 'asked' || state === 'set_up' ? (
            <SecondStep state={state} next={path} />
          ) : (
            <SignInForm next={path} hasEnded={await wasSignedIn()} />
          )}
        </main>
      </div>
    </ClientMessages>
  );
}
