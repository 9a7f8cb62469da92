import { Amount } from '#server/kernel/amount.ts';
import type { IncidentView } from './contract.ts';
import type { Incident } from './incident.entity.ts';

export function incidentView(incident: Incident): IncidentView {
  const { id, kind, subject, asset, amount, detail } = incident;
  return {
    ...{ id, kind, subject, detail },
    provider: incident.provider ?? null,
    asset: asset ?? null,
    amount: asset && amount ? Amount.fromDecimal(asset, amount).toString() : null,
    withdrawalId: incident.withdrawalId ?? null,
    attemptId: incident.attemptId ?? null,
    walletId: incident.walletId ?? null,
    openedAt: incident.openedAt.toISOString(),
    closedAt: incident.closedAt?.toISOString() ?? null,
    closedBy: incident.closedBy ?? null,
    resolution: incident.resolution ?? null,
    note: incident.note ?? null,
  };
}
