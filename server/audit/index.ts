export { AuditCheck } from './audit-check.ts';
export { AuditHead } from './audit-head.ts';
export { AuditSealer, SEALED_AT_ONCE } from './audit-sealer.ts';
export { type AuditSubject, AuditTrail } from './audit-trail.ts';
export { HeadExport } from './head-export.ts';
export { headsFile } from './heads-file.ts';
export { KeptHeads } from './kept-heads.ts';
export { RowMac } from './row-mac.ts';
export { SigningKeys } from './signing-keys.ts';
