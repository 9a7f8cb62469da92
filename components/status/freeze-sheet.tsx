'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import { PROVIDERS } from '#server/kernel/provider-outcome.ts';
import { drillInput, type FreezeTarget, type FreezeView } from '#server/system/contract.ts';
import { FREEZE_SCOPES, type FreezeScope } from '#server/system/statuses.ts';
import { DrillResult } from './drill-result.tsx';

/** Shows first what would be stopped, then freezes. One person is enough: stopping is safe, going on takes two. */
export function FreezeSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const me = useMe();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [scope, setScope] = useState<FreezeScope>('all');
  const [text, setText] = useState('');
  const target = targetOf(scope, text);
  const { decide, ...state } = useSending<'frozen'>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.system.pathKey() }),
    // A colleague's freeze of the same is another one: both must be lifted.
    overtaken: { codes: [], outcome: 'frozen' },
    onOutcome: () => {
      announce(t('freeze.done'));
      onClose();
    },
  });
  const submit = (reason: string) => {
    if (!target || reason === '') return;
    decide({
      send: async () => {
        await client.system.freeze.mutate({ ...target, reason });
        return 'frozen';
      },
      arrived: () => {
        const standing = queries.getQueryData(trpc.system.freezes.queryKey({}))?.freezes ?? [];
        const isMine = ({ frozenBy, reason: why, ...of }: FreezeView) =>
          frozenBy.id === me.id && why === reason && of.scope === target.scope && of.target === nameOf(target);
        return standing.some(isMine) ? 'frozen' : null;
      },
    });
  };
  const chooseScope = (next: FreezeScope) => {
    setScope(next);
    setText(next === 'provider' ? PROVIDERS[0] : '');
  };
  return (
    <ReasonSheet
      {...state}
      title={t('freeze.title')}
      look="danger"
      words={{
        label: t('freeze.reason'),
        hint: t('kept'),
        missing: t('reasonMissing'),
        confirm: t('freeze.confirm'),
      }}
      blockedBy={target ? null : t('freeze.targetMissing')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">{t('freeze.lead')}</p>
      <Alone of="lift" />
      <SelectField
        label={t('freeze.scope')}
        value={scope}
        onChange={({ target: { value } }) => chooseScope(FREEZE_SCOPES.find((each) => each === value) ?? 'all')}
      >
        {FREEZE_SCOPES.map((each) => (
          <option key={each} value={each}>
            {t(`freezes.scope.${each}`)}
          </option>
        ))}
      </SelectField>
      <TargetField scope={scope} text={text} onChange={setText} />
      {target && <DrillResult target={target} />}
    </ReasonSheet>
  );
}

interface TargetFieldProps {
  readonly scope: FreezeScope;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function TargetField({ scope, text, onChange }: TargetFieldProps) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const symbolOf = useAssetSymbol();
  const assets = useQuery(trpc.assets.list.queryOptions({}, { enabled: scope === 'asset' }));
  if (scope === 'all') return null;
  if (scope === 'wallet') {
    return (
      <TextField
        label={t('freeze.wallet')}
        hint={t('freeze.walletHint')}
        value={text}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    );
  }
  if (scope === 'asset' && assets.isError && !assets.data) {
    return <ErrorState error={assets.error} onRetry={assets.refetch} />;
  }
  const choices = scope === 'provider' ? PROVIDERS : ['', ...(assets.data?.rows ?? []).map(({ asset }) => asset)];
  return (
    <SelectField label={t(`freezes.scope.${scope}`)} value={text} onChange={(event) => onChange(event.target.value)}>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice ? symbolOf(choice) : t('freeze.choose')}
        </option>
      ))}
    </SelectField>
  );
}

/** Null while the form does not name something that can be frozen. */
function targetOf(scope: FreezeScope, text: string): FreezeTarget | null {
  const read = drillInput.safeParse(scope === 'all' ? { scope } : { scope, target: text });
  return read.success ? read.data : null;
}

const nameOf = (target: FreezeTarget): string | null => ('target' in target ? target.target : null);
