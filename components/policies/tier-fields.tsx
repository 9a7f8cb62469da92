'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextArea, TextField } from '#components/ui/field.tsx';
import { APPROVER_GROUPS } from '#server/policies/statuses.ts';
import type { DraftTier } from './draft.ts';

interface TierFieldsProps {
  readonly no: number;
  readonly tier: DraftTier;
  readonly onChange: (tier: DraftTier) => void;
  /** Absent for the first tier, which is always there. */
  readonly onRemove?: () => void;
}

export function TierFields({ no, tier, onChange, onRemove }: TierFieldsProps) {
  const t = useTranslations('policies');
  const named = APPROVER_GROUPS.filter((group) => tier.groups[group].trim() !== '0').length;
  return (
    <fieldset className="flex flex-col gap-3 rounded-card border border-rule p-3">
      <legend className="px-1 font-medium">{t('form.tier', { no })}</legend>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        <TextField
          label={t('form.people')}
          inputMode="numeric"
          value={tier.people}
          onChange={(event) => onChange({ ...tier, people: event.target.value })}
        />
        {APPROVER_GROUPS.map((group) => (
          <TextField
            key={group}
            label={t(`form.atLeast.${group}`)}
            inputMode="numeric"
            value={tier.groups[group]}
            onChange={(event) => onChange({ ...tier, groups: { ...tier.groups, [group]: event.target.value } })}
          />
        ))}
      </div>
      {named > 1 && (
        <SelectField
          label={t('form.join')}
          value={tier.join}
          onChange={(event) => onChange({ ...tier, join: event.target.value === 'any' ? 'any' : 'all' })}
        >
          <option value="all">{t('form.joins.all')}</option>
          <option value="any">{t('form.joins.any')}</option>
        </SelectField>
      )}
      {no > 1 && (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <TextArea
            label={t('form.amounts')}
            hint={t('form.amountsHint')}
            value={tier.amounts}
            onChange={(event) => onChange({ ...tier, amounts: event.target.value })}
          />
          <TextField
            label={t('form.value')}
            hint={t('form.valueHint')}
            inputMode="decimal"
            className="text-end"
            value={tier.value}
            onChange={(event) => onChange({ ...tier, value: event.target.value })}
          />
        </div>
      )}
      {onRemove && (
        <div>
          <Button onClick={onRemove}>{t('form.removeTier', { no })}</Button>
        </div>
      )}
    </fieldset>
  );
}
