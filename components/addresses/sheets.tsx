'use client';

import { useQuery } from '@tanstack/react-query';
import { TakeBackSheet } from '#components/dual/take-back-sheet.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { AllowListRow } from '#server/risk/contract.ts';
import { AddSheet } from './add-sheet.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { Entry } from './entry.tsx';
import { listMode } from './list-mode.ts';
import type { AddressOutcome, AddressSheet } from './sheet.ts';
import { useAllowList } from './use-allow-list.ts';

interface SheetsProps {
  readonly sheet: AddressSheet;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: AddressOutcome) => void;
}

export function Sheets({ sheet, ...rest }: SheetsProps) {
  if (sheet.name === 'add') return <AddSheet {...rest} />;
  if (sheet.name === 'confirm') return <ConfirmSheet proposal={sheet.proposal} {...rest} />;
  if (sheet.name === 'remove') return <RemoveSheet entry={sheet.entry} {...rest} />;
  return <WithdrawSheet proposal={sheet.proposal} {...rest} />;
}

type Ends = Omit<SheetsProps, 'sheet'>;

function RemoveSheet({ entry, onClose, onOutcome }: Ends & { readonly entry: AllowListRow }) {
  const t = useTranslations('addresses');
  const { data: rules } = useQuery(useTRPC().allowList.rules.queryOptions({}));
  const { decide, client, isListed, ...state } = useAllowList(onOutcome);
  const submit = (reason: string) => {
    if (reason === '') return;
    decide({
      send: async () => {
        await client.allowList.remove.mutate({ id: entry.id, reason });
        return 'removed';
      },
      arrived: async () => ((await isListed(entry)) ? null : 'removed'),
    });
  };
  return (
    <ReasonSheet
      {...state}
      title={t('remove.title')}
      look="danger"
      words={{ label: t('remove.reason'), missing: t('remove.missing'), confirm: t('remove.confirm') }}
      onSubmit={submit}
      onClose={onClose}
    >
      {rules && <p>{t(listMode(rules, entry.asset) === 'require' ? 'remove.next' : 'remove.notRequired')}</p>}
      <div>
        <p className="font-medium [overflow-wrap:anywhere]">{entry.label}</p>
        <Entry {...entry} />
      </div>
    </ReasonSheet>
  );
}

function WithdrawSheet({ proposal, onClose, onOutcome }: Ends & { readonly proposal: OpenDecisionView }) {
  const t = useTranslations('addresses');
  const sending = useAllowList(onOutcome);
  const isGone = () => sending.proposals()?.every(({ id }) => id !== proposal.id) ?? false;
  return (
    <TakeBackSheet proposal={proposal} next={t('takeBackNext')} sending={sending} isGone={isGone} onClose={onClose} />
  );
}
