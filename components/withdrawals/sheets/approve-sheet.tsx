'use client';

import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { StopNotice } from '../panel/stop-notice.tsx';
import { StatusBadge } from '../status-badge.tsx';
import { changesBetween } from './changes.ts';
import { nextStep } from './next-step.ts';
import { Order } from './order.tsx';
import { type SheetProps, useDecision } from './use-decision.ts';
import { VotesSoFar } from './votes-so-far.tsx';

interface ComparedProps extends Pick<SheetProps, 'current'> {
  readonly shown: SheetProps['current'];
}

/** Repeats what will be approved and sends the digest of exactly that. */
export function ApproveSheet({ current, onClose, onOutcome, finalFocus }: SheetProps) {
  const t = useTranslations('withdrawals');
  const pending = usePendingWord();
  const offline = useOffline();
  const me = useMe();
  const client = useTRPCClient();
  const [shown, setShown] = useState(current);
  const [text, setText] = useState('');
  const confirm = useRef<HTMLButtonElement>(null);
  const { decide, isSending, failure, forget } = useDecision(shown.id, onOutcome);
  // One's own vote ends it too, and closes the sheet by itself.
  const isMine = current.approvals.given.some(({ operatorId }) => operatorId === me.id);
  const isOver = !isMine && current.allowed.approve !== true;
  const isOutdated = !isOver && (current.digest !== shown.digest || current.votesFor?.id !== shown.votesFor?.id);

  // Colleagues may vote meanwhile, which changes nothing of what is approved. Once nobody votes, it is as it was shown.
  const live = current.quorum ? current : shown;

  const approve = (event: FormEvent) => {
    event.preventDefault();
    if (isOutdated || isOver) return;
    decide({
      send: async () => {
        const { id, digest, votesFor } = shown;
        const standingIn = votesFor && { onBehalfOf: votesFor.id };
        return voted(await client.withdrawals.approve.mutate({ id, digest, ...standingIn, ...noteOf(text) }));
      },
      arrived: (now) => (now.approvals.given.some(({ operatorId }) => operatorId === me.id) ? voted(now) : null),
    });
  };
  const lookAgain = () => {
    forget();
    setShown(current);
  };

  return (
    <Dialog title={t('approve.title')} onClose={onClose} initialFocus={confirm} finalFocus={finalFocus}>
      <Form onSubmit={approve}>
        <div className="flex flex-col gap-4">
          <Order withdrawal={shown} />
          <p>
            {t(shown.kind === 'mining' ? 'approve.toCompany' : 'approve.toRecipient', {
              account: shown.destination.address,
            })}
          </p>
          {shown.votesFor && <p>{t('approve.onBehalfOf', { name: shown.votesFor.name })}</p>}
          <p className="text-ink-2">{nextStep(t, live.quorum, current.stop)}</p>
          <StopNotice withdrawal={current} />
          <VotesSoFar withdrawal={live} />
          <TextArea
            label={t('approve.note')}
            value={text}
            charsMax={500}
            onChange={(event) => setText(event.target.value)}
          />
          {isOver && <Over current={current} hasNote={text.trim() !== ''} />}
          {isOutdated && <Outdated shown={shown} current={current} />}
          {failure && !isOutdated && !isOver && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('approve.back')}</Button>
          {isOutdated ? (
            <Button onClick={lookAgain}>{t('approve.lookAgain')}</Button>
          ) : (
            <Button ref={confirm} look="primary" type="submit" blockedBy={offline} aria-disabled={isSending || isOver}>
              {isSending ? pending : t('approve.confirm')}
            </Button>
          )}
        </DialogActions>
      </Form>
    </Dialog>
  );
}

/** There is nothing left to approve; what was written stays to be copied. */
function Over({ current, hasNote }: Pick<SheetProps, 'current'> & { readonly hasNote: boolean }) {
  const t = useTranslations('withdrawals');
  const tErrors = useTranslations('errors');
  const why = current.allowed.approve;
  return (
    <div role="alert">
      <Notice tone="warning" icon={TriangleAlert}>
        <p className="mb-1 flex flex-wrap items-center gap-2 font-medium">
          {t('approve.over')} <StatusBadge status={current.status} kind={current.kind} />
        </p>
        {typeof why === 'string' && tErrors.has(why as 'unexpected') && <p>{tErrors(why as 'unexpected')}</p>}
        <p>{t('approve.noMore')}</p>
        {hasNote && <p>{t('approve.copyNote')}</p>}
      </Notice>
    </div>
  );
}

const noteOf = (text: string) => (text.trim() ? { note: text.trim() } : {});

/** Between the look and the click something changed: nothing was approved, and this is what is different. */
function Outdated({ shown, current }: ComparedProps) {
  const t = useTranslations('withdrawals');
  return (
    <div role="alert">
      <Notice tone="warning" icon={TriangleAlert}>
        <p className="font-medium">{t('approve.changed')}</p>
        <ul>
          {changesBetween(shown, current).map(({ field, before, after }) => (
            <li key={field} className="[overflow-wrap:anywhere]">
              {t(`approve.field.${field}`)}: <del>{before}</del> → <ins>{after}</ins>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** Whether the vote was the last that it takes. */
const voted = ({ status }: Pick<WithdrawalView, 'status'>) =>
  status === 'approved_pending' ? 'first_vote' : 'approved';
