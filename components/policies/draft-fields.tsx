'use client';

import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { type Draft, emptyTier } from './draft.ts';
import { TierFields } from './tier-fields.tsx';

const TIERS_MAX = 6;

interface DraftFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

export function DraftFields({ draft, onChange }: DraftFieldsProps) {
  const t = useTranslations('policies');
  const [made, setMade] = useState(0);
  const { tiers } = draft;
  const addTier = () => {
    setMade(made + 1);
    onChange({ ...draft, tiers: [...tiers, emptyTier(`new-${made}`)] });
  };
  return (
    <>
      {tiers.map((tier, index) => (
        <TierFields
          key={tier.key}
          no={index + 1}
          tier={tier}
          onChange={(changed) =>
            onChange({ ...draft, tiers: tiers.map((each) => (each.key === tier.key ? changed : each)) })
          }
          {...(index > 0 && {
            onRemove: () => onChange({ ...draft, tiers: tiers.filter(({ key }) => key !== tier.key) }),
          })}
        />
      ))}
      {tiers.length < TIERS_MAX && (
        <div>
          <Button onClick={addTier}>{t('form.addTier')}</Button>
        </div>
      )}
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <TextField
          label={t('form.hours')}
          inputMode="numeric"
          value={draft.hours}
          onChange={(event) => onChange({ ...draft, hours: event.target.value })}
        />
        <TextField
          label={t('form.minutes')}
          inputMode="numeric"
          value={draft.minutes}
          onChange={(event) => onChange({ ...draft, minutes: event.target.value })}
        />
      </div>
    </>
  );
}
