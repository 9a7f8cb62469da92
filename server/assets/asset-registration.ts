import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { Asset } from './asset.entity.ts';
import type { AssetRegisterInput, AssetView } from './contract.ts';

/** Makes tokens of the chain known: from here on a wallet's balance of one is read, booked and can be sent. */
export class AssetRegistration {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;
  readonly #canonicalAddress: (text: string) => string;

  constructor(deps: { em: EntityManager; audit: AuditTrail; canonicalAddress: (text: string) => string }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
    this.#canonicalAddress = deps.canonicalAddress;
  }

  /** The same again is answered as it is. Errors: `address.invalid`, `asset.exists` under another symbol or scale. */
  async register({ symbol, scale, ...input }: AssetRegisterInput, by: ActingParty): Promise<AssetView> {
    const contract = this.#canonicalAddress(input.contract);
    const token = { asset: `BSC:${contract}`, chain: 'bsc' as const, contract, symbol, scale, enabled: true };
    const known = await this.#em.findOne(Asset, { asset: token.asset });
    if (known) return same(known, token);
    this.#em.persist(this.#em.create(Asset, token));
    this.#audit.record({
      action: 'asset.registered',
      subject: { type: 'asset', id: token.asset },
      by,
      after: { symbol, contract, scale },
    });
    return token;
  }
}

function same(known: Asset, token: AssetView): AssetView {
  if (known.symbol === token.symbol && known.scale === token.scale && known.enabled) return token;
  throw new DomainError('asset.exists', `${known.symbol} is registered for this contract already`, {
    detail: { asset: known.asset, symbol: known.symbol, scale: known.scale },
  });
}
