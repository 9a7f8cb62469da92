'use client';

import { Theirs } from '#components/dual/theirs.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import { AddressCheck } from './address-check.tsx';
import { Entry } from './entry.tsx';
import { proposedIn } from './proposed.ts';
import type { AddressOutcome } from './sheet.ts';
import { useAllowList } from './use-allow-list.ts';

interface ConfirmSheetProps {
  readonly proposal: OpenDecisionView;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: AddressOutcome) => void;
}

/** The second person says the same, of the same address, with the same warnings before their eyes. */
export function ConfirmSheet({ proposal, onClose, onOutcome }: ConfirmSheetProps) {
  const t = useTranslations('addresses');
  const { decide, client, isListed, ...state } = useAllowList(onOutcome);
  const proposed = proposedIn(proposal);
  if (!proposed) return null;
  const submit = (note: string) => {
    if (note === '') return;
    decide({
      send: async () => {
        const { state } = await client.allowList.add.mutate({ ...proposed, note });
        return state === 'proposed' ? 'proposed' : 'added';
      },
      arrived: async () => ((await isListed(proposed)) ? 'added' : null),
    });
  };
  return (
    <ReasonSheet
      {...state}
      title={t('confirm.title')}
      words={{ label: t('add.note'), missing: t('add.problem.note'), confirm: t('confirm.confirm') }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('confirm.next')}</p>
      <Theirs proposal={proposal}>
        <p className="font-medium [overflow-wrap:anywhere]">{proposed.label}</p>
        <Entry {...proposed} />
      </Theirs>
      <AddressCheck {...proposed} />
    </ReasonSheet>
  );
}
