'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { Choice, Choices } from '#components/ui/form.tsx';
import { API_KEY_SCOPES } from '#server/kernel/actor.ts';
import type { ApiKeyView } from '#server/operators/contract.ts';
import { API_KEY_CALLS } from '#server/operators/statuses.ts';
import { type KeyProblems, lastDayOf } from './key-form.ts';

interface KeyFieldsProps {
  readonly problems: KeyProblems;
  /** The key that is changed; absent for a new one. */
  readonly apiKey?: ApiKeyView;
}

export function KeyFields({ problems, apiKey }: KeyFieldsProps) {
  const t = useTranslations('apiKeys');
  const { zone } = usePreferences();
  return (
    <>
      <TextField
        label={t('columns.name')}
        hint={t('create.nameHint')}
        name="name"
        defaultValue={apiKey?.name}
        charsMax={80}
        required
        problem={problems.name ? t('create.nameMissing') : null}
      />
      {!apiKey && <ScopeFields problem={problems.scopes === true} />}
      <TextArea
        label={t('fields.addresses')}
        hint={t('fields.addressesHint')}
        name="addresses"
        defaultValue={apiKey?.addresses.join('\n')}
        spellCheck={false}
        problem={problems.addresses ? t('fields.addressesWrong') : null}
      />
      <TextField
        label={t('fields.callsPerMinute')}
        hint={t('fields.callsPerMinuteHint', range())}
        name="callsPerMinute"
        inputMode="numeric"
        defaultValue={apiKey?.callsPerMinute ?? API_KEY_CALLS.byDefault}
        required
        problem={problems.callsPerMinute ? t('fields.callsPerMinuteWrong', range()) : null}
      />
      <TextField
        label={t('create.lastDay')}
        hint={t('create.lastDayHint')}
        name="lastDay"
        type="date"
        defaultValue={apiKey && lastDayOf(apiKey, zone)}
      />
    </>
  );
}

const range = () => ({ min: groupedCount(API_KEY_CALLS.min), max: groupedCount(API_KEY_CALLS.max) });

/** Both languages group thousands alike. */
export const groupedCount = (count: number): string => new Intl.NumberFormat('en-US').format(count);

function ScopeFields({ problem }: { readonly problem: boolean }) {
  const t = useTranslations('apiKeys');
  return (
    <Choices legend={t('columns.scopes')} problem={problem ? t('create.scopesMissing') : null}>
      {API_KEY_SCOPES.map((scope) => (
        <Choice key={scope} type="checkbox" name="scopes" value={scope}>
          {t(`scope.${scope}`)}
        </Choice>
      ))}
    </Choices>
  );
}
