'use client';

import { lazy } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useCommands } from '#components/keyboard/keyboard-provider.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOnline } from '#components/shell/use-online.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button, type ButtonProps } from '#components/ui/button.tsx';
import { cx } from '#components/ui/class-names.ts';
import { LatePart } from '#components/ui/late-part.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { WithdrawalStatus } from '#server/withdrawals/statuses.ts';
import { DecisionNote } from './decision-note.tsx';
import type { Desk } from './desk.ts';
import { findingText } from './finding-text.ts';
import { OpenSheet } from './open-sheet.tsx';

const UnknownActions = lazy(() =>
  import('#components/evidence/unknown-actions.tsx').then((module) => ({ default: module.UnknownActions })),
);

type Action = 'approve' | 'reject' | 'cancel' | 'retry' | 'report' | 'release' | 'hold' | 'edit' | 'remark';

const UNDECIDED: readonly WithdrawalStatus[] = ['pending', 'approved_pending'];
const STOPPABLE: readonly WithdrawalStatus[] = [...UNDECIDED, 'approved', 'retrying'];
/** What decides it, and what only helps. */
const DECIDING: readonly Action[] = ['approve', 'reject', 'cancel', 'retry', 'report', 'release'];
const LOOKS: Partial<Record<Action, ButtonProps['look']>> = { approve: 'primary' };

interface DecisionAreaProps {
  readonly withdrawal: WithdrawalView;
  readonly desk: Desk;
}

export function DecisionArea({ withdrawal, desk }: DecisionAreaProps) {
  const t = useTranslations('withdrawals');
  const announce = useAnnounce();
  const mayNote = useHasRole('support', 'finance', 'admin');
  const whyNot = useWhyNot(withdrawal);
  const offered = actionsOf(withdrawal, mayNote);
  const isUnknown = withdrawal.status === 'manual-review';
  const show = (wanted: Action) => {
    const reason = offered.includes(wanted) ? whyNot(wanted) : t('decision.notOffered');
    if (reason) announce(reason);
    else desk.open(wanted === 'report' ? { name: wanted, proposal: null } : { name: wanted });
  };
  useCommands(
    desk.sheet
      ? {}
      : {
          approve: () => show('approve'),
          reject: () => show('reject'),
          hold: () => show(withdrawal.hold ? 'release' : 'hold'),
          note: () => show('remark'),
        },
  );

  const button = (action: Action) => (
    <Button
      key={action}
      look={LOOKS[action] ?? 'secondary'}
      blockedBy={whyNot(action)}
      onClick={() => show(action)}
      className={DECIDING.includes(action) ? 'sm:min-w-24' : ''}
    >
      {t(`decision.${action === 'retry' && withdrawal.status === 'failed' ? 'reopen' : action}`)}
    </Button>
  );
  const deciding = offered.filter((action) => DECIDING.includes(action));
  const helping = offered.filter((action) => !DECIDING.includes(action));
  if (!desk.note && !desk.sheet && offered.length === 0 && !isUnknown) return null;
  return (
    <>
      <footer
        className={cx(
          'print-hidden flex flex-col gap-3 border-rule border-t bg-raised px-4 py-3 sm:px-6',
          // Of what nobody knows the evidence is read first: on a phone so many buttons would hide it.
          !isUnknown && 'max-lg:sticky max-sm:bottom-14 sm:max-lg:bottom-0',
        )}
      >
        {desk.note && <DecisionNote note={desk.note} withdrawal={withdrawal} />}
        {isUnknown && (
          <LatePart>
            <UnknownActions id={withdrawal.id} desk={desk}>
              {helping.map(button)}
            </UnknownActions>
          </LatePart>
        )}
        {(deciding.length > 0 || (helping.length > 0 && !isUnknown)) && (
          <div className="flex flex-wrap items-start gap-2">
            {deciding.map(button)}
            {!isUnknown && helping.map(button)}
          </div>
        )}
      </footer>
      <OpenSheet withdrawal={withdrawal} desk={desk} />
    </>
  );
}

/** What makes sense in this state. Of an unknown outcome nothing is tried again: that would pay twice. */
function actionsOf({ status, hold, waitReason, allowed }: WithdrawalView, mayNote: boolean): readonly Action[] {
  const stoppable = STOPPABLE.includes(status);
  const waits = status === 'retrying' || (status === 'approved' && waitReason !== null);
  const fits: Readonly<Record<Action, boolean>> = {
    approve: UNDECIDED.includes(status),
    reject: stoppable,
    cancel: allowed.cancel === true,
    retry: waits || status === 'failed',
    report: allowed.reportPaid === true,
    release: hold !== null && allowed.release !== 'auth.forbidden',
    hold: stoppable && hold === null && allowed.hold !== 'auth.forbidden',
    edit: stoppable && allowed.edit !== 'auth.forbidden',
    remark: mayNote,
  };
  return (Object.keys(fits) as Action[]).filter((action) => fits[action]);
}

/** The server's reason in words, or our own while there is no connection. */
function useWhyNot({ allowed, voteRefusal, asset }: WithdrawalView): (action: Action) => string | null {
  const t = useTranslations('withdrawals');
  const { zone } = usePreferences();
  const tErrors = useTranslations('errors');
  const newcomer = useNewcomer();
  const online = useOnline();
  const symbolOf = useAssetSymbol();
  return (action) => {
    if (action === 'remark') return online ? null : t('decision.offline');
    if (action === 'approve' && voteRefusal) {
      const seen = findingText(t, { ...voteRefusal, passed: false }, { asset: symbolOf(asset), zone });
      return t('decision.riskRefuses', { rule: t(`risk.rule.${voteRefusal.rule}`), seen });
    }
    const permitted = allowed[action === 'report' ? 'reportPaid' : action];
    if (permitted === 'auth.newcomer' && newcomer) return newcomer;
    if (permitted !== true)
      return tErrors.has(permitted as 'unexpected') ? tErrors(permitted as 'unexpected') : permitted;
    return online ? null : t('decision.offline');
  };
}
