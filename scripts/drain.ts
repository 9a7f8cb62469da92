import { setTimeout as pause } from 'node:timers/promises';
import { startDraining } from '#server/draining.ts';

/** Longer than balancers wait between two looks at `/api/health/ready`. */
const DRAIN_MS = 2_000;

/**
 * Next closes its socket the moment it is told to end, and who was just connecting is cut off. So its handler is put off:
 * first we are not ready any more and go on answering, then Next finishes what is under way and ends.
 */
export function drainBeforeEnd(): void {
  process.on('newListener', function putOff(signal: string, end: (signal: string) => void) {
    if (signal !== 'SIGTERM') return;
    process.off('newListener', putOff);
    process.nextTick(() => {
      process.off('SIGTERM', end);
      process.once('SIGTERM', () => {
        startDraining();
        void pause(DRAIN_MS).then(() => end('SIGTERM'));
      });
    });
  });
}
