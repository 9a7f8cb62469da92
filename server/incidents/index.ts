export type { Incident } from './incident.entity.ts';
export { IncidentLog } from './incident-log.ts';
export { incidentView } from './incident-view.ts';
export type { IncidentDecision, IncidentKind } from './statuses.ts';
