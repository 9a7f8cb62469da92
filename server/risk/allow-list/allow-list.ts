import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import type { DualControl, DualState } from '#server/dual-control/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type {
  AllowListAddInput,
  AllowListCheckInput,
  AllowListCheckView,
  AllowListListInput,
  AllowListPage,
  AllowListRemovedView,
  AllowListRemoveInput,
  AllowListRulesView,
} from '../contract.ts';
import { ONE_SLIP_AWAY, silhouetteOf } from '../look-alike.ts';
import type { AllowListSettings } from '../settings.ts';
import type { AddressBook } from './address-book.ts';
import { AllowListEntry } from './allow-list-entry.entity.ts';
import { listEntries } from './allow-list-page.ts';

const HOUR_MS = 3_600_000;
const LOOK_ALIKES_MAX = 10;

/** Where each asset may go. Two people put an address on the list, and it counts after a while; one takes it off at once. */
export class AllowList {
  readonly #em: EntityManager;
  readonly #assets: AssetRegistry;
  readonly #addresses: AddressBook;
  readonly #dualControl: DualControl;
  readonly #audit: AuditTrail;
  readonly #settings: AllowListSettings;

  constructor(deps: {
    em: EntityManager;
    assets: AssetRegistry;
    addresses: AddressBook;
    dualControl: DualControl;
    audit: AuditTrail;
    settings: AllowListSettings;
  }) {
    this.#em = deps.em;
    this.#assets = deps.assets;
    this.#addresses = deps.addresses;
    this.#dualControl = deps.dualControl;
    this.#audit = deps.audit;
    this.#settings = deps.settings;
  }

  list(input: AllowListListInput): Promise<AllowListPage> {
    return listEntries(this.#em, input);
  }

  async rules(): Promise<AllowListRulesView> {
    const { modes, otherwise, coolDownHours } = this.#settings;
    const proposals = await this.#dualControl.views(await this.#dualControl.openOf('allow_list.add'));
    return { modes: [...modes].map(([asset, mode]) => ({ asset, mode })), otherwise, coolDownHours, proposals };
  }

  /** Errors: `asset.unknown`, `address.invalid`. */
  async check(input: AllowListCheckInput): Promise<AllowListCheckView> {
    const { address, alsoOf } = this.#addresses.read(await this.#assets.enabled(input.asset), input.address);
    const { head, tail } = silhouetteOf(address);
    const listed = await sql<{ asset: string }>(
      this.#em,
      'select asset from allow_list_entries where address = ? and removed_at is null order by asset',
      [address],
    );
    const lookAlikes = await sql<{ asset: string; address: string; label: string }>(
      this.#em,
      `select asset, address, label from allow_list_entries
       where (right(lower(address), 4) = ? and starts_with(lower(address), ?) or ${ONE_SLIP_AWAY})
         and lower(address) <> lower(?) and removed_at is null order by asset, address limit ?`,
      [tail, head, address, address, LOOK_ALIKES_MAX],
    );
    return { address, alsoOf: [...alsoOf], listedFor: listed.map(({ asset }) => asset), lookAlikes };
  }

  /**
   * Proposes, or confirms what a colleague proposed; from then on the cool-down runs. Errors: `asset.unknown`,
   * `address.invalid`, `allow_list.exists`, `decision.differs`.
   */
  async add({ label, note, ...input }: AllowListAddInput, by: ActingParty): Promise<DualState> {
    const { asset, ...kept } = await this.#assets.enabled(input.asset);
    const { address } = this.#addresses.read({ asset, chain: kept.chain }, input.address);
    await this.#refuseListed(asset, address);
    const subject = { type: 'allow_list', id: `${asset} ${address}` } as const;
    const body = { asset, address, label };
    const decision = await this.#dualControl.decide({ action: 'allow_list.add', subject, body, note }, by);
    if (decision.state === 'proposed') return decision;
    const addedAt = await databaseNow(this.#em);
    const activeFrom = new Date(addedAt.getTime() + this.#settings.coolDownHours * HOUR_MS);
    const people = { proposedBy: decision.proposedBy, confirmedBy: decision.confirmedBy };
    this.#em.persist(
      this.#em.create(AllowListEntry, {
        ...{ id: newId(), asset, address, label, ...people, addedAt, activeFrom },
        ...{ removedBy: null, removedAt: null, removalReason: null },
      }),
    );
    const after = { asset, address, label, activeFrom: activeFrom.toISOString() };
    this.#audit.record({ action: 'allow_list.added', subject, by, reason: note, after });
    return decision;
  }

  /** At once, by one person: nothing more is paid to it. Errors: `allow_list.not_found`. */
  async remove({ id, reason }: AllowListRemoveInput, by: ActingParty): Promise<AllowListRemovedView> {
    const entry = await this.#em.findOne(AllowListEntry, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!entry || entry.removedAt) {
      throw new DomainError('allow_list.not_found', 'this address is not on the list', { detail: { id } });
    }
    entry.remove(by.id, reason, await databaseNow(this.#em));
    const { asset, address, label } = entry;
    const subject = { type: 'allow_list', id: `${asset} ${address}` } as const;
    this.#audit.record({ action: 'allow_list.removed', subject, by, reason, before: { asset, address, label } });
    return { id };
  }

  async #refuseListed(asset: string, address: string): Promise<void> {
    if (!(await this.#em.findOne(AllowListEntry, { asset, address, removedAt: null }))) return;
    throw new DomainError('allow_list.exists', 'this address is on the list already', { detail: { asset, address } });
  }
}
