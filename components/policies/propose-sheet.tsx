'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import type { PolicyCurrentView, PolicyProposeInput } from '#server/policies/contract.ts';
import { draftOf, readDraft } from './draft.ts';
import { DraftFields } from './draft-fields.tsx';
import { PolicyDiff } from './policy-text.tsx';
import { Simulation } from './simulation.tsx';

/** In days; `0` is as soon as it may. */
const STARTS = [0, 1, 3, 7] as const;
const DAY_MS = 86_400_000;

interface ProposeSheetProps {
  readonly policy: PolicyCurrentView;
  readonly onClose: () => void;
}

/** Another version: typed as numbers, read back as sentences, with what changes in colour. */
export function ProposeSheet({ policy, onClose }: ProposeSheetProps) {
  const t = useTranslations('policies');
  const newest = policy.upcoming.at(-1) ?? policy.current;
  const assets = useQuery(useTRPC().assets.list.queryOptions({}));
  const known = assets.data?.rows.filter(({ enabled }) => enabled);
  const [draft, setDraft] = useState(() => draftOf(newest.rules, known ?? []));
  const [tries, setTries] = useState(0);
  const read = known && readDraft(draft, known);
  const { propose, ...state } = useProposing(onClose);
  const submit = (note: string, form: FormData) => {
    setTries(tries + 1);
    if (note === '' || !read || !('rules' in read)) return;
    const days = STARTS.find((each) => `${each}` === form.get('start')) ?? 0;
    const effectiveFrom = days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString();
    propose({ rules: read.rules, effectiveFrom, note, basedOn: newest.version });
  };
  return (
    <ReasonSheet
      {...state}
      title={t('propose.title')}
      words={{ label: t('propose.note'), hint: t('kept'), missing: t('noteMissing'), confirm: t('propose.confirm') }}
      blockedBy={known ? null : t('form.assetsMissing')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">{t('propose.lead')}</p>
      <Alone of="admin" />
      {assets.isError && !known && <ErrorState error={assets.error} onRetry={assets.refetch} />}
      <DraftFields draft={draft} onChange={setDraft} />
      <SelectField label={t('form.start')} hint={t('form.startHint')} name="start" defaultValue="0">
        {STARTS.map((days) => (
          <option key={days} value={days}>
            {days === 0 ? t('form.starts.soon') : t('form.starts.days', { days })}
          </option>
        ))}
      </SelectField>
      {read && 'rules' in read && (
        <>
          <PolicyDiff before={newest.rules} after={read.rules} />
          <Simulation rules={read.rules} />
        </>
      )}
      {read && 'problem' in read && (
        <p role={tries > 0 ? 'alert' : undefined} className="text-danger">
          {t(`form.problem.${read.problem}`, read.problem === 'asset' ? { asset: read.asset } : {})}
        </p>
      )}
    </ReasonSheet>
  );
}

function useProposing(onClose: () => void) {
  const t = useTranslations('policies');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const me = useMe();
  const { decide, ...state } = useSending<'proposed'>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.policies.pathKey() }),
    overtaken: { codes: [], outcome: 'proposed' },
    onOutcome: () => {
      announce(t('propose.done'));
      onClose();
    },
  });
  const propose = (change: PolicyProposeInput) =>
    decide({
      send: async () => {
        await client.policies.propose.mutate(change);
        return 'proposed';
      },
      arrived: () => {
        const proposal = queries.getQueryData(trpc.policies.current.queryKey({}))?.proposal;
        return proposal?.proposedBy.id === me.id && proposal.note === change.note ? 'proposed' : null;
      },
    });
  return { ...state, propose };
}
