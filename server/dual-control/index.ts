export { DualControl, type DualState } from './dual-control.ts';
