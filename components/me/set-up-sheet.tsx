'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { SetUp } from '#components/second-factor/set-up.tsx';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

export function SetUpSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('me');
  const queries = useQueryClient();
  const announce = useAnnounce();
  const close = () => {
    // It may be in force already, even where the codes were not looked at.
    void queries.invalidateQueries();
    onClose();
  };
  return (
    <Dialog title={t('factor.setUp')} onClose={close}>
      <SetUp
        lead={t('factor.setUpLead')}
        onDone={() => {
          announce(t('factor.setUpDone'));
          close();
        }}
      />
    </Dialog>
  );
}
