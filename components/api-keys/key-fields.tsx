'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { TextField } from '#components/ui/field.tsx';
import { API_KEY_SCOPES } from '#server/kernel/actor.ts';

export interface KeyProblems {
  readonly name?: boolean;
  readonly scopes?: boolean;
}

export function KeyFields({ problems }: { readonly problems: KeyProblems }) {
  const t = useTranslations('apiKeys');
  return (
    <>
      <TextField
        label={t('columns.name')}
        hint={t('create.nameHint')}
        name="name"
        maxLength={80}
        required
        problem={problems.name ? t('create.nameMissing') : null}
      />
      <fieldset aria-describedby={problems.scopes ? 'scopes-problem' : undefined} className="m-0 border-0 p-0">
        <legend className="font-medium text-ink-2 text-sm">{t('columns.scopes')}</legend>
        {API_KEY_SCOPES.map((scope) => (
          <label key={scope} className="flex min-h-8 items-center gap-2">
            <input type="checkbox" name="scopes" value={scope} className="size-4 accent-focus" />
            {t(`scope.${scope}`)}
          </label>
        ))}
        {problems.scopes && (
          <p id="scopes-problem" role="alert" className="text-danger text-sm">
            {t('create.scopesMissing')}
          </p>
        )}
      </fieldset>
      <TextField label={t('create.lastDay')} hint={t('create.lastDayHint')} name="lastDay" type="date" />
    </>
  );
}
