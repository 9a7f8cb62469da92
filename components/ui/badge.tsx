import type { ComponentType, ReactNode } from 'react';
import { cx } from './class-names.ts';

/** `unknown` is violet and nothing else is, so that it is never taken for a failure. */
const TONES = {
  neutral: 'bg-ground text-ink-2',
  info: 'bg-info-tint text-focus',
  success: 'bg-success-tint text-success',
  warning: 'bg-warning-tint text-warning',
  danger: 'bg-danger-tint text-danger',
  unknown: 'bg-unknown-tint text-unknown',
} as const;
export type Tone = keyof typeof TONES;

const TEXTS = {
  neutral: 'text-ink-2',
  info: 'text-focus',
  success: 'text-success',
  warning: 'text-warning',
  danger: 'text-danger',
  unknown: 'text-unknown',
} as const satisfies Record<Tone, string>;

/** The tone as a text colour, where there is no tint behind it. */
export const toneText = (tone: Tone): string => TEXTS[tone];

export type IconShape = ComponentType<{
  readonly size?: number | string;
  readonly className?: string;
  readonly 'aria-hidden'?: boolean;
}>;

interface BadgeProps {
  readonly tone: Tone;
  /** A shape of its own beside the word: colour alone says nothing. */
  readonly icon: IconShape;
  readonly children: ReactNode;
}

export function Badge({ tone, icon: Icon, children }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex items-start gap-1.5 rounded-control px-2 py-0.5 text-start font-medium text-sm',
        TONES[tone],
      )}
    >
      <Icon aria-hidden size={14} className="mt-0.5 shrink-0" />
      <span>{children}</span>
    </span>
  );
}

/** A sentence or two that must be read, in the place they are about. */
export function Notice({ tone, icon: Icon, children }: BadgeProps) {
  return (
    <div className={cx('flex items-start gap-2 rounded-control px-3 py-2 text-base', TONES[tone])}>
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
