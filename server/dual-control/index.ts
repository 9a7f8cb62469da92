export { DualControl, type DualState } from './dual-control.ts';
export type { DualDecision } from './dual-decision.entity.ts';
export { NEWCOMER_TEXT, refuseNewcomer } from './newcomer.ts';
