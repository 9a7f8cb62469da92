'use client';

import { useState } from 'react';
import { Alone } from '#components/dual/alone.tsx';
import { useTranslations } from '#components/i18n/words.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
import { AddFields } from './add-fields.tsx';
import type { Proposed } from './proposed.ts';
import type { AddressOutcome } from './sheet.ts';
import { useAllowList } from './use-allow-list.ts';

interface AddSheetProps {
  readonly onClose: () => void;
  readonly onOutcome: (outcome: AddressOutcome) => void;
}

const FIELDS = ['asset', 'address', 'label'] as const;
const NOTHING: Proposed = { asset: '', address: '', label: '' };

/** The first of two people. */
export function AddSheet({ onClose, onOutcome }: AddSheetProps) {
  const t = useTranslations('addresses');
  const [typed, setTyped] = useState(NOTHING);
  const [isTried, setTried] = useState(false);
  const { decide, client, proposals, isAddress, ...state } = useAllowList(onOutcome);
  const submit = async (note: string) => {
    setTried(true);
    if (note === '' || FIELDS.some((name) => !typed[name].trim()) || !(await isAddress(typed))) return;
    const body = { asset: typed.asset, address: typed.address.trim(), label: typed.label.trim(), note };
    decide({
      send: async () => {
        const { state } = await client.allowList.add.mutate(body);
        return state === 'proposed' ? 'proposed' : 'added';
      },
      arrived: () => (proposals()?.some((each) => each.note === note) ? 'proposed' : null),
    });
  };
  return (
    <ReasonSheet
      {...state}
      title={t('add.title')}
      words={{
        label: t('add.note'),
        hint: t('add.noteHint'),
        missing: t('add.problem.note'),
        confirm: t('add.confirm'),
      }}
      onSubmit={(note) => void submit(note)}
      onClose={onClose}
    >
      <p className="text-ink-2">{t('add.next')}</p>
      <Alone of="finance" />
      <AddFields typed={typed} isTried={isTried} onType={setTyped} />
    </ReasonSheet>
  );
}
