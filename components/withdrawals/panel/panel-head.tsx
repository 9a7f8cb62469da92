'use client';

import { X } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from '#components/ui/button.tsx';

export const PANEL_HEADING_ID = 'withdrawal-heading';

interface PanelHeadProps {
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
  readonly memberId: string | null;
  readonly onClose: () => void;
}

export function PanelHead({ headingRef, memberId, onClose }: PanelHeadProps) {
  const t = useTranslations('withdrawals');
  const tCommon = useTranslations('common');
  return (
    <header className="flex items-center justify-between gap-3 border-rule border-b px-4 py-2 sm:px-6">
      <h2
        ref={headingRef}
        id={PANEL_HEADING_ID}
        tabIndex={-1}
        className="min-w-0 font-semibold text-lg outline-none [overflow-wrap:anywhere]"
      >
        {memberId ? t('panel.title', { member: memberId }) : t('panel.label')}
      </h2>
      <Button look="quiet" className="-mr-2 px-2" aria-label={tCommon('close')} onClick={onClose}>
        <X aria-hidden size={18} />
      </Button>
    </header>
  );
}
