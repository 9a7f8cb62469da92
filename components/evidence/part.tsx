import type { ReactNode } from 'react';

/** One kind of evidence under its name. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 border-rule border-t pt-3">
      <h4 className="font-medium text-ink-2 text-sm">{title}</h4>
      {children}
    </section>
  );
}

interface FactsProps {
  readonly rows: readonly (readonly [name: string, value: ReactNode] | null)[];
}

/** Names on the left, values on the right; what is not known is left out by whoever gives the rows. */
export function Facts({ rows }: FactsProps) {
  return (
    <dl className="grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {rows.flatMap((row) =>
        row
          ? [
              <div key={row[0]} className="contents">
                <dt className="text-ink-3">{row[0]}</dt>
                <dd className="m-0 min-w-0 [overflow-wrap:anywhere]">{row[1]}</dd>
              </div>,
            ]
          : [],
      )}
    </dl>
  );
}
