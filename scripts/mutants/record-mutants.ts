import type { Mutant } from './mutant.ts';

/** Of the record of who did what. */
export const RECORD: readonly Mutant[] = [
  {
    bug: 'the record misses that somebody tried a webhook',
    file: 'server/notifications/webhook.service.ts',
    find: "this.#record({ action: 'webhook.tested', id, by });",
    replace: '',
    tests: ['server/audit/completeness.db.test.ts'],
  },
  {
    bug: 'the record misses what broke off in the middle',
    file: 'server/trpc/refusals.ts',
    find: "if (type !== 'mutation' && code !== 'auth.forbidden') return false;",
    replace: 'if (code === null) return false;',
    tests: ['server/audit/completeness.db.test.ts'],
  },
  {
    bug: 'the record passes for sound although a row was altered',
    file: 'server/audit/chain-check.ts',
    find: "if (eventHash(record) !== link.eventHash) return 'row_altered';",
    replace: "if (eventHash(record) === '') return 'row_altered';",
    tests: ['server/audit/tampering.db.test.ts'],
  },
  {
    bug: 'a signed part of the record goes on wherever its reader says',
    file: 'server/audit/audit-export.ts',
    find: 'this.#keys.hasSignedText(signedText(manifest), signature)',
    replace: 'signature.keyId',
    tests: ['server/audit/audit-export.db.test.ts'],
  },
];
