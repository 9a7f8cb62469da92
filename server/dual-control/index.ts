export { DualControl, type DualState } from './dual-control.ts';
export type { DualDecision } from './dual-decision.entity.ts';
