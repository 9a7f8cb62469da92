'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';

/** `asked`: the answer was lost on its way here, so that only the state below says what became of it. */
export type RotationOutcome = 'proposed' | 'rotated' | 'taken_back' | 'alive' | 'dead' | 'asked' | 'overtaken';

export interface RotationSheetProps {
  readonly walletId: string;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: RotationOutcome) => void;
}

/** Instructions about a wallet's key; what they changed is read again before anything is shown. */
export function useRotation(onOutcome: (outcome: RotationOutcome) => void) {
  const t = useTranslations('rotation');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useSending<RotationOutcome>({
    reread: () => {
      const changed = [trpc.wallets.rotation.pathKey(), trpc.wallets.get.pathKey(), trpc.decisions.pathKey()];
      return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    overtaken: { codes: ['decision.not_found', 'wallet.no_open_rotation'], outcome: 'overtaken' },
    onOutcome: (outcome) => {
      announce(t(`done.${outcome}`));
      onOutcome(outcome);
    },
  });
}
