'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { AUDIT_OUTCOMES, AUDIT_SUBJECTS } from '#server/audit/statuses.ts';
import { actionNames } from './action-names.ts';
import type { AuditSearch } from './search.ts';

interface AuditFilterProps {
  readonly search: AuditSearch;
  readonly seesAll: boolean;
  readonly onChange: (change: Partial<AuditSearch>) => void;
}

export function AuditFilter({ search, seesAll, onChange }: AuditFilterProps) {
  const t = useTranslations('audit');
  return (
    <div className="print-hidden grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] items-end gap-3">
      {seesAll && <Who value={search.who} onChange={(who) => onChange({ who })} />}
      <SelectField
        label={t('filters.subject')}
        value={search.subject ?? ''}
        onChange={({ target }) => onChange({ subject: AUDIT_SUBJECTS.find((each) => each === target.value) ?? null })}
      >
        <option value="">{t('filters.all')}</option>
        {AUDIT_SUBJECTS.map((subject) => (
          <option key={subject} value={subject}>
            {t(`subject.${subject}`)}
          </option>
        ))}
      </SelectField>
      <Action value={search.action} onChange={(action) => onChange({ action })} />
      <SelectField
        label={t('columns.outcome')}
        value={search.outcome ?? ''}
        onChange={({ target }) => onChange({ outcome: AUDIT_OUTCOMES.find((each) => each === target.value) ?? null })}
      >
        <option value="">{t('filters.all')}</option>
        {AUDIT_OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`outcome.${outcome}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        type="date"
        label={t('filters.from')}
        value={search.from ?? ''}
        onChange={({ target }) => onChange({ from: target.value || null })}
      />
      <TextField
        type="date"
        label={t('filters.to')}
        value={search.to ?? ''}
        onChange={({ target }) => onChange({ to: target.value || null })}
      />
      <TextField
        type="search"
        label={t('filters.q')}
        value={search.q ?? ''}
        maxLength={64}
        onChange={({ target }) => onChange({ q: target.value || null })}
      />
    </div>
  );
}

function Action({ value, onChange }: { readonly value: string[]; readonly onChange: (codes: string[]) => void }) {
  const t = useTranslations('audit');
  const { locale } = usePreferences();
  const names = actionNames(t.below('action'), locale);
  const chosen = names.find(({ codes }) => value.some((code) => codes.includes(code)));
  return (
    <SelectField
      label={t('columns.what')}
      value={chosen?.name ?? ''}
      onChange={({ target }) => onChange([...(names.find(({ name }) => name === target.value)?.codes ?? [])])}
    >
      <option value="">{t('filters.all')}</option>
      {names.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </SelectField>
  );
}

function Who({ value, onChange }: { readonly value: string | null; readonly onChange: (who: string | null) => void }) {
  const t = useTranslations('audit');
  const trpc = useTRPC();
  const actors = useQuery(trpc.audit.actors.queryOptions({}));
  return (
    <SelectField label={t('columns.who')} value={value ?? ''} onChange={({ target }) => onChange(target.value || null)}>
      <option value="">{t('filters.all')}</option>
      <option value="anonymous">{t('actor.anonymous')}</option>
      <option value="worker">{t('actor.system')}</option>
      {actors.data?.rows.map(({ type, id, name }) => (
        <option key={id} value={id}>
          {type === 'api_key' ? t('actor.key', { name }) : name}
        </option>
      ))}
    </SelectField>
  );
}
