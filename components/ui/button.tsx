'use client';

import { type ComponentProps, type MouseEvent, useId } from 'react';
import { cx } from './class-names.ts';

const LOOKS = {
  primary: 'bg-brand text-brand-ink border-transparent font-semibold',
  secondary: 'bg-surface text-ink border-control',
  danger: 'bg-surface text-danger border-danger',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:text-ink hover:bg-ground',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
  /** Why it cannot be used now. It stays reachable, so that the reason can be read. */
  readonly blockedBy?: string | null | undefined;
}

export const buttonClass = (look: keyof typeof LOOKS = 'secondary', extra?: string) =>
  cx(
    'inline-flex min-h-8 items-center justify-center gap-2 rounded-control border px-3 py-1 text-base no-underline pointer-coarse:min-h-11',
    'aria-disabled:cursor-not-allowed aria-disabled:border-rule aria-disabled:bg-ground aria-disabled:text-ink-3',
    LOOKS[look],
    extra,
  );

export function Button({ look, blockedBy, className, onClick, children, ...rest }: ButtonProps) {
  const reasonId = useId();
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (blockedBy) event.preventDefault();
    else onClick?.(event);
  };
  const button = (
    <button
      type="button"
      {...rest}
      onClick={click}
      aria-disabled={blockedBy ? true : rest['aria-disabled']}
      aria-describedby={blockedBy ? reasonId : rest['aria-describedby']}
      className={buttonClass(look, className)}
    >
      {children}
    </button>
  );
  // Always around it, so that a button which is blocked while it has the focus keeps it.
  return (
    <span className={blockedBy ? 'inline-flex max-w-full flex-col items-start gap-1' : 'contents'}>
      {button}
      {blockedBy && (
        <span id={reasonId} className="text-xs text-ink-2">
          {blockedBy}
        </span>
      )}
    </span>
  );
}
