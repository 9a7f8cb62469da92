'use client';

import { SignOut } from '#components/shell/sign-out.tsx';
import { ApiProvider } from '#components/trpc/client.tsx';
import { AnnouncerProvider } from '#components/ui/announcer.tsx';
import { CodeForm } from './code-form.tsx';
import { SetUp } from './set-up.tsx';

interface SecondStepProps {
  readonly state: 'asked' | 'set_up';
  /** Where to go afterwards. */
  readonly next: string;
}

/** What a half-open session is shown; there is nothing else it may do but leave. */
export function SecondStep({ state, next }: SecondStepProps) {
  return (
    <ApiProvider>
      <AnnouncerProvider>
        <div className="flex w-full max-w-[440px] flex-col gap-4 rounded-dialog border border-rule bg-surface p-6">
          {state === 'asked' ? <CodeForm next={next} /> : <SetUp onDone={() => window.location.assign(next)} />}
          <div className="border-rule border-t pt-4">
            <SignOut />
          </div>
        </div>
      </AnnouncerProvider>
    </ApiProvider>
  );
}
