import type { Logger } from '#server/config/index.ts';
import type { SystemActor } from '#server/kernel/actor.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { Services } from '#server/services.ts';
import type { Sending } from '#server/system/index.ts';
import type { KeyRotations } from '#server/wallets/index.ts';

/** What a job's handler works with. */
export interface JobContext {
  readonly sessions: Sessions<Services>;
  readonly logger: Logger;
  readonly keyRotations: KeyRotations;
  /** Names this process. */
  readonly worker: string;
  readonly providerDeadlineMs: number;
  /** Known without waiting, for the tick of the first byte; false as soon as this process cannot be sure. */
  readonly mayLeave: (sending: Sending) => boolean;
  /** How long a transit may take before people look. */
  readonly transitDeadlineMs: number;
}

/** Who acts when a job does. */
export const WORKER: SystemActor = { type: 'system', id: 'worker' };
