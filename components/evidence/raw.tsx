'use client';

import { CopyButton } from '#components/ui/copy-button.tsx';

interface RawProps {
  readonly text: string;
  /** What it is, for the copy button and for those who cannot see the frame. */
  readonly label: string;
}

/** The very characters that came, wrapped and never cut. */
export function Raw({ text, label }: RawProps) {
  return (
    <div className="flex items-start gap-1 rounded-control border border-rule bg-ground pl-3">
      <pre className="m-0 min-w-0 flex-1 whitespace-pre-wrap py-2 font-mono text-sm [overflow-wrap:anywhere]">
        {text}
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
