'use client';

import { type FormEvent, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useCommands } from '#components/keyboard/keyboard-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import { isSearchable, useSearchField } from '#components/url/use-search-field.ts';
import { WALLET_STATUSES, type WalletStatus } from '#server/wallets/statuses.ts';
import type { WalletSearch } from './search.ts';

interface WalletFilterProps {
  readonly search: WalletSearch;
  readonly onChange: (change: { readonly q?: string | null; readonly status?: WalletStatus | null }) => void;
}

export function WalletFilter({ search, onChange }: WalletFilterProps) {
  const t = useTranslations('wallets');
  const input = useRef<HTMLInputElement>(null);
  const field = useSearchField(search.q, isSearchable);
  useCommands({ search: () => input.current?.focus() });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = field.read();
    if (text !== null) onChange({ q: text || null });
  };
  return (
    <div className="print-hidden flex flex-wrap items-end gap-3">
      <Form onSubmit={submit} className="flex w-96 max-w-full items-end gap-2 max-sm:w-full">
        <div className="min-w-0 flex-1">
          <TextField
            ref={input}
            label={t('filters.q')}
            type="search"
            {...field.control}
            problem={field.isUnreadable ? t('filters.searchProblem') : null}
          />
        </div>
        <Button type="submit" className="min-h-9">
          {t('filters.search')}
        </Button>
      </Form>
      <div className="w-44 max-sm:w-full">
        <SelectField
          label={t('filters.status')}
          value={search.status ?? ''}
          onChange={(event) =>
            onChange({ status: WALLET_STATUSES.find((each) => each === event.target.value) ?? null })
          }
        >
          <option value="">{t('filters.allStatuses')}</option>
          {WALLET_STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`status.${status}`)}
            </option>
          ))}
        </SelectField>
      </div>
    </div>
  );
}
