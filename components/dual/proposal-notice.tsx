'use client';

import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useMe, useNewcomer } from '#components/shell/me.tsx';
import { useOnline } from '#components/shell/use-online.ts';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { Age } from '#components/ui/time.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { OperatorRole } from '#server/kernel/actor.ts';

interface ProposalNoticeProps {
  readonly proposal: OpenDecisionView;
  /** Who may confirm or take back. */
  readonly roles: readonly OperatorRole[];
  readonly onConfirm: () => void;
  readonly onWithdraw: () => void;
  /** What was proposed. */
  readonly children: ReactNode;
}

/** What a first person has proposed. Who proposed it reads other words than who is to confirm it. */
export function ProposalNotice({ proposal, roles, onConfirm, onWithdraw, children }: ProposalNoticeProps) {
  const t = useTranslations('dual');
  const mine = proposal.proposedBy.id === useMe().id;
  const mayDecide = useHasRole(...roles);
  const online = useOnline();
  const notYours = roles.includes('finance') ? t('notYours') : t('adminsOnly');
  const why = mayDecide ? (online ? null : t('offline')) : notYours;
  const newcomer = useNewcomer();
  return (
    <Notice tone={mine ? 'info' : 'warning'} icon={Users}>
      <div className="flex flex-col gap-2">
        <p className="font-medium">
          {mine ? t('mine') : t('theirs', { name: proposal.proposedBy.name })} <Age at={proposal.proposedAt} />
        </p>
        {children}
        <p className="text-sm">
          {t(mine ? 'waits' : 'asksYou')} <Remaining until={proposal.expiresAt} />
        </p>
        <div className="flex flex-wrap items-start gap-2">
          {!mine && (
            <Button look="primary" blockedBy={why ?? newcomer} onClick={onConfirm}>
              {t('confirm')}
            </Button>
          )}
          {mayDecide && (
            <Button blockedBy={why} onClick={onWithdraw}>
              {t(mine ? 'takeBack' : 'turnDown')}
            </Button>
          )}
        </div>
      </div>
    </Notice>
  );
}
