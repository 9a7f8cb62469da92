'use client';

import { useQuery } from '@tanstack/react-query';
import { StandIns } from '#components/delegations/stand-ins.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { History } from './history.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

/** What belongs to the person who is signed in. */
export function MeScreen() {
  const t = useTranslations('me');
  const trpc = useTRPC();
  const approves = useHasRole('finance', 'admin');
  const factor = useQuery(trpc.secondFactor.state.queryOptions({}));
  return (
    <div className="flex max-w-[960px] flex-col gap-8">
      <PageHeader title={t('title')} lead={t('lead')} />
      {factor.isPending && <Loading rows={2} />}
      {factor.isError && !factor.data && <ErrorState error={factor.error} onRetry={factor.refetch} />}
      {factor.data && (
        <>
          <Password hasSecondFactor={factor.data.state === 'passed'} />
          <SecondFactor
            isRegistered={factor.data.state === 'passed'}
            recoveryCodesLeft={factor.data.recoveryCodesLeft}
          />
        </>
      )}
      {approves && <StandIns />}
      <Passkeys />
      <Sessions />
      <History />
    </div>
  );
}
