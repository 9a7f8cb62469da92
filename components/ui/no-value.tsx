/** A figure that is not there: a dash for the eye, with why behind it; those who cannot point at it hear why. */
export function NoValue({ why }: { readonly why: string }) {
  return (
    <span title={why} className="relative">
      <span aria-hidden>-</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}
