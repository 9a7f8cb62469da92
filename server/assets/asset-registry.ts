import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { Asset } from './asset.entity.ts';
import type { AssetView } from './contract.ts';

/** Which assets there are, where they live and how finely they may be sent. The only source of a token's contract. */
export class AssetRegistry {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** Throws `asset.unknown` for an asset that is not there, is switched off, or is not on the chain asked for. */
  async enabled(asset: string, chain?: Asset['chain']): Promise<Asset> {
    const found = await this.#em.findOne(Asset, { asset });
    if (!found?.enabled || (chain && found.chain !== chain)) {
      throw new DomainError('asset.unknown', `${asset} is not an asset that can be used here`, { detail: { asset } });
    }
    return found;
  }

  async list(): Promise<AssetView[]> {
    const assets = await this.#em.find(Asset, {}, { orderBy: { chain: 'desc', asset: 'asc' } });
    return assets.map(({ asset, chain, contract, symbol, scale, enabled }) => ({
      asset,
      chain,
      contract: contract ?? null,
      symbol,
      scale,
      enabled,
    }));
  }

  /** A coin the pool named and we did not know: kept in the books, but not withdrawn before somebody enables it. */
  async learnPoolCoins(coins: readonly string[]): Promise<void> {
    await sql(
      this.#em,
      `insert into assets (asset, chain, contract, symbol, scale, enabled)
       select coin, 'hashdam', null, coin, 8, false from unnest(?::text[]) coin on conflict (asset) do nothing`,
      [[...coins]],
    );
  }
}

/** Throws `amount.scale` when the amount is written finer than what may leave. */
export function refuseTooFine(amount: Amount, asset: Asset): void {
  if (amount.scale <= asset.scale) return;
  throw new DomainError('amount.scale', `${asset.symbol} leaves with at most ${asset.scale} decimals`, {
    detail: { asset: asset.asset, scale: asset.scale },
  });
}
