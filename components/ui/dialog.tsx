'use client';

import { Dialog as Primitive } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** Where the focus goes afterwards; by default back to where it was. */
  readonly finalFocus?: () => HTMLElement | null;
}

/** Mounted while it is open: whoever shows it decides when. */
export function Dialog({ title, onClose, children, initialFocus, finalFocus }: DialogProps) {
  const t = useTranslations('common');
  const popup = useRef<HTMLDivElement>(null);
  // A form begins at its first field; on a phone that would raise the keyboard unasked.
  const firstField = (opened: string) =>
    (opened !== 'touch' && popup.current?.querySelector<HTMLElement>('form :is(input, select, textarea)')) || true;
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Backdrop className="fixed inset-0 z-40 bg-[#0f1216]/50" />
        <Primitive.Popup
          ref={popup}
          initialFocus={initialFocus ?? firstField}
          finalFocus={finalFocus ?? true}
          className="slide-in fixed inset-x-3 bottom-3 z-50 mx-auto flex max-h-[calc(100dvh-24px)] max-w-[560px] flex-col rounded-dialog border border-rule bg-raised text-ink sm:top-[8vh] sm:bottom-auto sm:max-h-[84vh]"
        >
          <header className="flex items-center justify-between gap-4 border-rule border-b px-6 py-4">
            <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
            <Button look="quiet" className="-mr-2 px-2" aria-label={t('close')} onClick={onClose}>
              <X aria-hidden size={18} />
            </Button>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4">{children}</div>
        </Primitive.Popup>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The buttons at the end of a dialog's form: they stay in sight while the rest scrolls. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return (
    <div className="-mx-6 -mb-4 sticky -bottom-4 mt-6 flex flex-wrap justify-end gap-2 rounded-b-dialog border-rule border-t bg-raised px-6 py-4">
      {children}
    </div>
  );
}
