import { History, RotateCw, ShieldAlert, X } from 'lucide-react';
import { UnknownMark } from '#components/ui/unknown-mark.tsx';
import type { Look } from '#components/withdrawals/status-look.ts';
import type { ExceptionFilter } from '#server/resolution/statuses.ts';

/** Only what nobody knows is violet. */
export const EXCEPTION_LOOKS: Readonly<Record<ExceptionFilter, Look>> = {
  unknown: { tone: 'unknown', icon: UnknownMark },
  late: { tone: 'warning', icon: History },
  incident: { tone: 'warning', icon: ShieldAlert },
  retrying: { tone: 'info', icon: RotateCw },
  failed: { tone: 'danger', icon: X },
};
