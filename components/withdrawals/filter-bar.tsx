'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import type { FormEvent, RefObject } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { RemovableChip } from '#components/ui/chips.tsx';
import { controlClass, SelectField, TextField } from '#components/ui/field.tsx';
import { useAssetSymbol } from '#components/ui/use-asset-symbol.ts';
import { isSearchable, useSearchField } from '#components/url/use-search-field.ts';
import { hasFilters, NO_FILTERS, type WithdrawalSearch } from './search.ts';

export type SearchChange = { readonly [Key in keyof WithdrawalSearch]?: WithdrawalSearch[Key] | null };

interface FilterBarProps {
  readonly search: WithdrawalSearch;
  readonly onChange: (change: SearchChange) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

const FILTERS = ['q', 'member', 'asset', 'from', 'to'] as const;

export function FilterBar({ search, onChange, searchRef }: FilterBarProps) {
  const t = useTranslations('withdrawals');
  const symbolOf = useAssetSymbol();
  // What was pressed goes with it: the focus goes where the next search begins.
  const lift = (filters: SearchChange) => {
    onChange(filters);
    searchRef.current?.focus();
  };
  return (
    <div className="print-hidden flex flex-col gap-3">
      <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <SearchForm search={search} onChange={onChange} searchRef={searchRef} />
        <AssetSelect search={search} onChange={onChange} />
        {(['from', 'to'] as const).map((edge) => (
          <div key={edge} className="sm:w-40">
            <TextField
              label={t(`filters.${edge}`)}
              type="date"
              value={search[edge] ?? ''}
              onChange={(event) => onChange({ [edge]: event.target.value || null })}
            />
          </div>
        ))}
      </div>
      {hasFilters(search) && (
        <div className="flex flex-wrap items-center gap-2">
          {FILTERS.map((name) => {
            const value = search[name];
            if (value === null) return null;
            const shown = name === 'asset' ? symbolOf(value) : value;
            const label = t('filters.chip', { name: t(`filters.${name}`), value: shown });
            const remove = t('filters.remove', { what: label });
            return (
              <RemovableChip key={name} label={label} removeLabel={remove} onRemove={() => lift({ [name]: null })} />
            );
          })}
          <Button look="quiet" onClick={() => lift(NO_FILTERS)}>
            {t('filters.clear')}
          </Button>
        </div>
      )}
    </div>
  );
}

function SearchForm({ search, onChange, searchRef }: FilterBarProps) {
  const t = useTranslations('withdrawals');
  const field = useSearchField(search.q, isSearchable);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = field.read();
    if (text !== null) onChange({ q: text || null });
  };
  return (
    <form onSubmit={submit} className="col-span-2 max-w-full sm:w-80">
      <label htmlFor="withdrawal-search" className="font-medium text-ink-2 text-sm">
        {t('filters.q')}
      </label>
      <div className="relative mt-1">
        <Search aria-hidden size={16} className="-translate-y-1/2 absolute top-1/2 left-3 text-ink-3" />
        <input
          ref={searchRef}
          id="withdrawal-search"
          type="search"
          {...field.control}
          placeholder={t('filters.searchHint')}
          aria-invalid={field.isUnreadable || undefined}
          aria-describedby={field.isUnreadable ? 'withdrawal-search-problem' : undefined}
          className={`${controlClass} pl-9`}
        />
      </div>
      {field.isUnreadable && (
        <p id="withdrawal-search-problem" role="alert" className="mt-1 text-danger text-sm">
          {t('filters.searchProblem')}
        </p>
      )}
    </form>
  );
}

function AssetSelect({ search, onChange }: Omit<FilterBarProps, 'searchRef'>) {
  const t = useTranslations('withdrawals');
  const trpc = useTRPC();
  const assets = useQuery(trpc.assets.list.queryOptions({}));
  return (
    <div className="col-span-2 sm:w-36">
      <SelectField
        label={t('filters.asset')}
        value={search.asset ?? ''}
        onChange={(event) => onChange({ asset: event.target.value || null })}
      >
        <option value="">{t('filters.allAssets')}</option>
        {assets.data?.rows.map(({ asset, symbol }) => (
          <option key={asset} value={asset}>
            {symbol}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
