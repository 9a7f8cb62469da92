'use client';

import { TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPCClient } from '#components/trpc/client.tsx';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { changesBetween } from './changes.ts';
import { Order } from './order.tsx';
import { type SheetProps, useDecision } from './use-decision.ts';

/** Repeats what will be approved and sends the digest of exactly that. */
export function ApproveSheet({ current, onClose, onOutcome, finalFocus }: SheetProps) {
  const t = useTranslations('withdrawals');
  const pending = usePendingWord();
  const me = useMe();
  const client = useTRPCClient();
  const [shown, setShown] = useState(current);
  const [text, setText] = useState('');
  const confirm = useRef<HTMLButtonElement>(null);
  const { decide, isSending, failure, forget } = useDecision(shown.id, onOutcome);
  const isOutdated = current.digest !== shown.digest || current.votesFor?.id !== shown.votesFor?.id;
  const another = shown.approvals.required - shown.approvals.given.length > 1;

  const approve = () =>
    decide({
      send: async () => {
        const { id, digest, votesFor } = shown;
        const standingIn = votesFor && { onBehalfOf: votesFor.id };
        return voted(await client.withdrawals.approve.mutate({ id, digest, ...standingIn, ...noteOf(text) }));
      },
      arrived: (now) => (now.approvals.given.some(({ operatorId }) => operatorId === me.id) ? voted(now) : null),
    });
  const lookAgain = () => {
    forget();
    setShown(current);
  };

  return (
    <Dialog title={t('approve.title')} onClose={onClose} initialFocus={confirm} finalFocus={finalFocus}>
      <div className="flex flex-col gap-4">
        <Order withdrawal={shown} />
        <p>
          {t(shown.kind === 'mining' ? 'approve.toCompany' : 'approve.toRecipient', {
            account: shown.destination.address,
          })}
        </p>
        {shown.votesFor && <p>{t('approve.onBehalfOf', { name: shown.votesFor.name })}</p>}
        <p className="text-ink-2">{t(another ? 'approve.nextAnother' : 'approve.nextSend')}</p>
        <TextArea
          label={t('approve.note')}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
        />
        {isOutdated && <Outdated shown={shown} current={current} />}
        {failure && !isOutdated && <FailureNote failure={failure} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('approve.back')}</Button>
        {isOutdated ? (
          <Button onClick={lookAgain}>{t('approve.lookAgain')}</Button>
        ) : (
          <Button ref={confirm} look="primary" aria-disabled={isSending} onClick={approve}>
            {isSending ? pending : t('approve.confirm')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

const noteOf = (text: string) => (text.trim() ? { note: text.trim() } : {});

/** Between the look and the click something changed: nothing was approved, and this is what is different. */
function Outdated({ shown, current }: Pick<SheetProps, 'current'> & { readonly shown: SheetProps['current'] }) {
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
