import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

/** A token of the chain is called by its symbol; its code is its contract's address. */
export function useAssetSymbol(): (asset: string) => string {
  const assets = useQuery(useTRPC().assets.list.queryOptions({}));
  return (asset) => assets.data?.rows.find((each) => each.asset === asset)?.symbol ?? asset;
}
