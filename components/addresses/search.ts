import { loaderOf, oneOf, texts } from '#components/url/params.ts';

export const ADDRESS_VIEWS = ['listed', 'removed'] as const;

export const addressSearch = { view: oneOf(ADDRESS_VIEWS, 'listed'), after: texts };
export const loadAddressSearch = loaderOf(addressSearch);

interface AddressSearch {
  readonly view: (typeof ADDRESS_VIEWS)[number];
  readonly after: readonly string[];
}

const ROWS = 25;

/** The question behind the list, the same on the server and in the browser. */
export const addressesInput = ({ view, after }: AddressSearch) => ({
  filter: { removed: view === 'removed' },
  cursor: after.at(-1) ?? null,
  limit: ROWS,
});
