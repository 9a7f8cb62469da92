import { Ban, Check, Circle, CircleDot, Contrast, Minus, RotateCw, X } from 'lucide-react';
import type { IconShape, Tone } from '#components/ui/badge.tsx';
import { UnknownMark } from '#components/ui/unknown-mark.tsx';
import type { WithdrawalStatus } from '#server/withdrawals/statuses.ts';

export interface Look {
  readonly tone: Tone;
  readonly icon: IconShape;
}

/** Shape, word and colour together. Only the unknown outcome is a violet diamond. */
export const STATUS_LOOKS: Readonly<Record<WithdrawalStatus, Look>> = {
  pending: { tone: 'warning', icon: Circle },
  approved_pending: { tone: 'warning', icon: CircleDot },
  approved: { tone: 'info', icon: Contrast },
  retrying: { tone: 'info', icon: RotateCw },
  submitted: { tone: 'info', icon: Contrast },
  'pending-transit': { tone: 'info', icon: Contrast },
  'manual-review': { tone: 'unknown', icon: UnknownMark },
  completed: { tone: 'success', icon: Check },
  failed: { tone: 'danger', icon: X },
  rejected: { tone: 'neutral', icon: Ban },
  cancelled: { tone: 'neutral', icon: Minus },
};
