'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, CircleDashed, Info, TriangleAlert, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ProposalNotice } from '#components/dual/proposal-notice.tsx';
import { fieldOf } from '#components/evidence/json.ts';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOnline } from '#components/shell/use-online.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge, type IconShape, Notice, type Tone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { ZonedTime } from '#components/ui/time.tsx';
import { UnknownMark } from '#components/ui/unknown-mark.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { RotationView, WalletView } from '#server/wallets/contract.ts';
import { needsNewKey, type RotationStatus } from '#server/wallets/statuses.ts';
import type { RotationOutcome } from './use-rotation.ts';

const RotateSheet = lazy(() => import('./rotate-sheet.tsx').then((module) => ({ default: module.RotateSheet })));
const ProbeSheet = lazy(() => import('./probe-sheet.tsx').then((module) => ({ default: module.ProbeSheet })));
const WalletTakeBack = lazy(() =>
  import('./take-back-sheet.tsx').then((module) => ({ default: module.WalletTakeBack })),
);

const EVERY_MS = 5_000;
const LOOKS: Readonly<Record<RotationStatus, { readonly tone: Tone; readonly icon: IconShape }>> = {
  dispatching: { tone: 'info', icon: CircleDashed },
  unknown: { tone: 'unknown', icon: UnknownMark },
  rotated: { tone: 'success', icon: Check },
  not_rotated: { tone: 'neutral', icon: X },
  lost: { tone: 'danger', icon: TriangleAlert },
};

type Sheet =
  | { readonly name: 'rotate'; readonly proposal: OpenDecisionView | null }
  | { readonly name: 'probe' }
  | { readonly name: 'take_back'; readonly proposal: OpenDecisionView };

/** How the wallet's key stands, and changing it: two administrators, and nothing in the wallet if it can be helped. */
export function KeyRotation({ wallet }: { readonly wallet: WalletView }) {
  const t = useTranslations('rotation');
  const trpc = useTRPC();
  const rotation = useQuery(trpc.wallets.rotation.queryOptions({ walletId: wallet.id }, { refetchInterval: EVERY_MS }));
  const open = useQuery(trpc.decisions.open.queryOptions({ subjectId: wallet.id }, { refetchInterval: EVERY_MS }));
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [outcome, setOutcome] = useState<RotationOutcome | null>(null);
  const proposals = open.data?.proposals.filter(({ action }) => action === 'wallet.rotate_key') ?? [];
  // No row is an answer; no answer is none, and nothing is offered before there is one.
  const known = rotation.data !== undefined && open.data ? { rotation: rotation.data } : null;
  const failed = [rotation, open].find(({ data, isError }) => isError && data === undefined);
  if (wallet.status === 'creating') return null;
  const finish = {
    walletId: wallet.id,
    onClose: () => setSheet(null),
    onOutcome: (done: RotationOutcome) => {
      setOutcome(done);
      setSheet(null);
    },
  };
  return (
    <Section title={t('title')} aside={<Freshness query={rotation} />}>
      <p className="max-w-[720px] text-ink-2">{t('lead')}</p>
      {failed && <ErrorState error={failed.error} onRetry={failed.refetch} />}
      {!known && !failed && <Loading rows={1} />}
      {known && <Newest rotation={known.rotation} />}
      {outcome && (
        <Notice tone={outcome === 'rotated' || outcome === 'alive' ? 'success' : 'info'} icon={Info}>
          {t(`done.${outcome}`)}
        </Notice>
      )}
      {proposals.map((proposal) => (
        <ProposalNotice
          key={proposal.id}
          proposal={proposal}
          roles={['admin']}
          onConfirm={() => setSheet({ name: 'rotate', proposal })}
          onWithdraw={() => setSheet({ name: 'take_back', proposal })}
        >
          <p className="[overflow-wrap:anywhere]">{proposal.note}</p>
          {fieldOf(proposal.body, 'acceptBalance') === true && <p>{t('acceptedBalance')}</p>}
        </ProposalNotice>
      ))}
      {known && (
        <Actions
          wallet={wallet}
          status={known.rotation?.status ?? null}
          hasProposal={proposals.length > 0}
          onOpen={setSheet}
        />
      )}
      <Suspense>
        {sheet?.name === 'rotate' && <RotateSheet {...finish} proposal={sheet.proposal} />}
        {sheet?.name === 'probe' && <ProbeSheet {...finish} />}
        {sheet?.name === 'take_back' && <WalletTakeBack {...finish} proposal={sheet.proposal} />}
      </Suspense>
    </Section>
  );
}

/** How the last change went, in plain words: what is known, what is not, what comes next. */
function Newest({ rotation }: { readonly rotation: RotationView | null }) {
  const t = useTranslations('rotation');
  if (!rotation) return <p>{t('never')}</p>;
  return (
    <div className="flex max-w-[720px] flex-col items-start gap-1">
      <span className="flex flex-wrap items-center gap-2">
        <Badge {...LOOKS[rotation.status]}>{t(`status.${rotation.status}`)}</Badge>
        <span className="text-ink-3 text-sm">
          <ZonedTime at={rotation.endedAt ?? rotation.begunAt} />
        </span>
      </span>
      <p>{t(`explain.${rotation.status}`)}</p>
    </div>
  );
}

interface ActionsProps {
  readonly wallet: WalletView;
  readonly status: RotationStatus | null;
  readonly hasProposal: boolean;
  readonly onOpen: (sheet: Sheet) => void;
}

function Actions({ wallet, status, hasProposal, onOpen }: ActionsProps) {
  const t = useTranslations('rotation');
  const isAdmin = useHasRole('admin');
  const newcomer = useNewcomer();
  const online = useOnline();
  if (!isAdmin) return <p className="text-ink-2 text-sm">{t('adminsOnly')}</p>;
  const offline = online ? null : t('offline');
  if (status === 'unknown') {
    return (
      <Button className="self-start" blockedBy={offline} onClick={() => onOpen({ name: 'probe' })}>
        {t('probe')}
      </Button>
    );
  }
  if (hasProposal) return null;
  const why = wallet.status === 'active' || needsNewKey(wallet) ? (newcomer ?? offline) : t('notActive');
  return (
    <Button className="self-start" blockedBy={why} onClick={() => onOpen({ name: 'rotate', proposal: null })}>
      {t('propose')}
    </Button>
  );
}
