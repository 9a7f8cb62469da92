import type { ReactNode } from 'react';

interface FigureProps {
  readonly label: string;
  readonly children: ReactNode;
  /** What it was measured at, or what the figure leaves open. */
  readonly note: ReactNode;
}

/** One figure with its name above and its age below. */
export function Figure({ label, children, note }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-card border border-rule bg-surface p-4">
      <span className="text-ink-2 text-sm">{label}</span>
      <span className="font-semibold text-2xl [overflow-wrap:anywhere]">{children}</span>
      <span className="text-ink-3 text-sm">{note}</span>
    </div>
  );
}
