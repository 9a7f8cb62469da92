'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

/** What hardly ever changes is not asked for with every screen. */
const GOOD_FOR_MS = 300_000;

/** A token of the chain is called by its symbol; its code is its contract's address. Coins of the pool are their own. */
export function useAssetSymbol(): (asset: string) => string {
  const assets = useQuery(useTRPC().assets.list.queryOptions({}, { staleTime: GOOD_FOR_MS }));
  return (asset) => assets.data?.rows.find((each) => each.asset === asset)?.symbol ?? asset;
}
