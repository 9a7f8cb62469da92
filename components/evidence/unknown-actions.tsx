'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useCommands } from '#components/keyboard/keyboard-provider.tsx';
import { useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import type { Desk } from '#components/withdrawals/panel/desk.ts';
import { useDecision } from '#components/withdrawals/sheets/use-decision.ts';
import { useEvidence } from './use-evidence.ts';
import { useRefusal } from './use-refusal.ts';

interface UnknownActionsProps {
  readonly id: string;
  readonly desk: Desk;
  /** What can be done in every state, beside it. */
  readonly children: ReactNode;
}

/** What can be done about an outcome that nobody knows. Trying again is not among it. */
export function UnknownActions({ id, desk, children }: UnknownActionsProps) {
  const t = useTranslations('evidence');
  const announce = useAnnounce();
  const newcomer = useNewcomer();
  const offline = useOffline();
  const refusal = useRefusal();
  const evidence = useEvidence(id);
  const recheck = useRecheck(id, desk);
  const allowed = evidence.data?.allowed;
  useCommands({
    recheck: () => {
      const why = allowed ? (offline ?? refusal(allowed.recheck)) : null;
      if (why) announce(why);
      else if (allowed) recheck.now();
    },
  });
  if (!allowed) return null;
  const why = (permitted: true | string) => offline ?? refusal(permitted);
  return (
    <>
      {recheck.failure && <FailureNote failure={recheck.failure} />}
      <div className="flex flex-wrap items-start gap-2">
        <Button blockedBy={newcomer ?? why(allowed.resolveNotPaid)} onClick={() => desk.open({ name: 'not_paid' })}>
          {t('action.notPaid')}
        </Button>
        <Button
          blockedBy={newcomer ?? why(allowed.resolvePaid)}
          onClick={() => desk.open({ name: 'paid', candidate: null })}
        >
          {t('action.paid')}
        </Button>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <Button blockedBy={why(allowed.recheck)} aria-disabled={recheck.isSending} onClick={recheck.now}>
          {t('action.recheck')}
        </Button>
        {allowed.attachEvidence === true && (
          <Button blockedBy={why(true)} onClick={() => desk.open({ name: 'attach' })}>
            {t('action.attach')}
          </Button>
        )}
        {allowed.escalate === true && (
          <Button blockedBy={why(true)} onClick={() => desk.open({ name: 'escalate' })}>
            {t('action.escalate')}
          </Button>
        )}
        {children}
      </div>
    </>
  );
}

/** Only looks, so that it needs no sheet; what it finds comes by itself. */
function useRecheck(id: string, desk: Desk) {
  const client = useTRPCClient();
  const { decide, isSending, failure } = useDecision(id, desk.say);
  const now = () =>
    decide({
      send: async () => {
        await client.withdrawals.recheck.mutate({ id });
        return 'rechecked';
      },
      arrived: () => null,
    });
  return { now, isSending, failure };
}
