'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import type { FreezeView } from '#server/system/contract.ts';

/** One admin proposes, another one lifts; each says why. */
export function LiftSheet({ freeze, onClose }: { readonly freeze: FreezeView; readonly onClose: () => void }) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const lift = useMutation(
    trpc.system.unfreeze.mutationOptions({
      onSuccess: async ({ liftedAt }) => {
        await queries.invalidateQueries({ queryKey: trpc.system.pathKey() });
        announce(t(liftedAt ? 'lift.done' : 'lift.proposedDone'));
        onClose();
      },
    }),
  );
  const name = freeze.liftProposed ? 'second' : 'first';
  return (
    <ReasonSheet
      title={t(`lift.title.${name}`)}
      words={{ label: t('lift.reason'), hint: t('kept'), missing: t('reasonMissing'), confirm: t(`lift.${name}`) }}
      isSending={lift.isPending}
      failure={lift.error && readFailure(lift.error)}
      onSubmit={(reason) => reason !== '' && lift.mutate({ id: freeze.id, reason })}
      onClose={onClose}
    >
      <div className="flex flex-col gap-1 rounded-control bg-ground px-3 py-2 [overflow-wrap:anywhere]">
        <p className="font-medium">
          {t(`freezes.scope.${freeze.scope}`)} {freeze.target}
        </p>
        <p>{freeze.reason}</p>
        <p className="text-ink-2 text-sm">
          {freeze.frozenBy.name} · <ZonedTime at={freeze.frozenAt} />
        </p>
        {freeze.liftProposed && <p>{t('lift.proposed', { name: freeze.liftProposed.by.name })}</p>}
      </div>
      <p className="text-ink-2">{t(`lift.lead.${name}`)}</p>
    </ReasonSheet>
  );
}
