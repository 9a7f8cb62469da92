'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { SelectField } from '#components/ui/field.tsx';
import { OPERATOR_ROLES, type OperatorRole } from '#server/kernel/actor.ts';

export function RoleField({ initial }: { readonly initial: OperatorRole }) {
  const t = useTranslations('team');
  const tShell = useTranslations('shell');
  return (
    <SelectField label={t('columns.role')} name="role" defaultValue={initial}>
      {OPERATOR_ROLES.map((role) => (
        <option key={role} value={role}>
          {tShell(`roles.${role}`)}
        </option>
      ))}
    </SelectField>
  );
}

export const roleIn = (form: FormData): OperatorRole =>
  OPERATOR_ROLES.find((role) => role === form.get('role')) ?? 'support';
