'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Alone } from '#components/dual/alone.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { FreezeView } from '#server/system/contract.ts';

/** One admin proposes, another one lifts; each says why. */
export function LiftSheet({ freeze, onClose }: { readonly freeze: FreezeView; readonly onClose: () => void }) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const me = useMe();
  const symbolOf = useAssetSymbol();
  const { decide, ...state } = useSending<'lifted' | 'proposed'>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.system.pathKey() }),
    overtaken: { codes: ['freeze.already_lifted'], outcome: 'lifted' },
    onOutcome: (outcome) => {
      announce(t(outcome === 'lifted' ? 'lift.done' : 'lift.proposedDone'));
      onClose();
    },
  });
  const submit = (reason: string) => {
    if (reason === '') return;
    decide({
      send: async () => {
        const { liftedAt } = await client.system.unfreeze.mutate({ id: freeze.id, reason });
        return liftedAt ? 'lifted' : 'proposed';
      },
      arrived: () => {
        const standing = queries.getQueryData(trpc.system.freezes.queryKey({}))?.freezes;
        const still = standing?.find(({ id }) => id === freeze.id);
        if (standing && !still) return 'lifted';
        return still?.liftProposed?.by.id === me.id ? 'proposed' : null;
      },
    });
  };
  const name = freeze.liftProposed ? 'second' : 'first';
  return (
    <ReasonSheet
      {...state}
      title={t(`lift.title.${name}`)}
      words={{ label: t('lift.reason'), hint: t('kept'), missing: t('reasonMissing'), confirm: t(`lift.${name}`) }}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="flex flex-col gap-1 rounded-control bg-ground px-3 py-2 [overflow-wrap:anywhere]">
        <p className="font-medium">
          {t(`freezes.scope.${freeze.scope}`)}{' '}
          {freeze.target && <span title={freeze.target}>{symbolOf(freeze.target)}</span>}
        </p>
        <p>{freeze.reason}</p>
        <p className="text-ink-2 text-sm">
          {freeze.frozenBy.name} · <ZonedTime at={freeze.frozenAt} />
        </p>
        {freeze.liftProposed && (
          <>
            <p>{t('lift.proposed', { name: freeze.liftProposed.by.name })}</p>
            {freeze.liftProposed.reason && <p>{t('lift.theirReason', { reason: freeze.liftProposed.reason })}</p>}
          </>
        )}
      </div>
      <p className="text-ink-2">{t(`lift.lead.${name}`)}</p>
      {!freeze.liftProposed && <Alone of="admin" />}
    </ReasonSheet>
  );
}
