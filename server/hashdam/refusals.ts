import { blockProvider, final, type RefusalList } from '#server/provider-transport/index.ts';

/** The vendor's documented messages (`code` 1), as they read on 2025-08-15. Any other text proves nothing. */
export const HASHDAM_REFUSALS: RefusalList = {
  version: 1,
  rows: [
    { row: '1', message: 'Not Found API Key', verdict: blockProvider('api_key_not_found') },
    { row: '2', message: 'Invalid API Key', verdict: blockProvider('api_key_invalid') },
    {
      row: '3',
      message: 'Invalid access from an unauthorized IP Address',
      verdict: blockProvider('address_not_allowed'),
    },
    { row: '4', message: 'No API Permission', verdict: blockProvider('method_not_permitted') },
    // Seen in a history row only, but it can mean nothing else.
    { row: 'sample', message: 'Not found or Unsupported coin symbol', verdict: final('coin_not_supported') },
  ],
};
