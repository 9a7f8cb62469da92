interface MarkProps {
  readonly size?: number | string;
  readonly className?: string;
}

/** A question mark in a diamond: a shape that no other state has. */
export function UnknownMark({ size = 16, className }: MarkProps) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d="M12 1.8 22.2 12 12 22.2 1.8 12Z" />
      <path d="M9.6 9.6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.7M12 16.6v.01" />
    </svg>
  );
}
